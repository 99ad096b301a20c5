/* SPDX-License-Identifier: MIT */
/* The runs into which a request is expanded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/ownership/ownership.h"
#include "bench/sweep/plan.h"

/* mutex_count with one workload; each test sets the rest. */
struct fixture {
	struct plan_request request;
	struct plan plan;
	struct error err;
	char *impls[1];
	const struct workload *workloads[1];
};

/* Returns the parameters of the plan's first run. */
static const struct workload_params *params_of(const struct plan *plan)
{
	return &((const struct ownership_run *)plan->runs[0].own)->params;
}

static void set_request(struct fixture *f, const char *workload)
{
	static char impl[] = "mutex_count";

	*f = (struct fixture){.impls = {impl}, .workloads = {workload_find(workload)}};
	f->request = plan_request_default();
	f->request.impls = f->impls;
	f->request.nr_impls = 1;
	f->request.workloads = f->workloads;
	f->request.nr_workloads = 1;
	f->request.pin = PIN_NONE;
}

static void make_plan_of(struct fixture *f)
{
	if (plan_make(&f->plan, &f->request, &f->err))
		fail_msg("%s", f->err.text);
}

static void more_threads_than_devices_are_left_out(void **state)
{
	unsigned int threads[] = {1, 2, 3, 8}, devices[] = {2, 4};
	struct fixture f;

	(void)state;
	set_request(&f, "share");
	f.request.threads = threads;
	f.request.nr_threads = 4;
	f.request.devices = devices;
	f.request.nr_devices = 2;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 5);
	assert_int_equal(f.plan.nr_left_out, 3);
	for (size_t i = 0; i < f.plan.nr_runs; i++) {
		const struct run_spec *spec = &f.plan.runs[i].spec;

		assert_true(spec->pins->nr_threads <= spec->topology->nr_devices);
	}
	plan_free(&f.plan);
}

/* A thread's device may be in any group, so no single group needs a device for each thread. */
static void devices_of_all_groups_count(void **state)
{
	unsigned int threads[] = {8, 9}, devices[] = {2}, groups[] = {4};
	struct fixture f;

	(void)state;
	set_request(&f, "spread");
	f.request.threads = threads;
	f.request.nr_threads = 2;
	f.request.devices = devices;
	f.request.nr_devices = 1;
	f.request.groups = groups;
	f.request.nr_groups = 1;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 1);
	assert_int_equal(f.plan.nr_left_out, 1);
	assert_string_equal(
	    f.plan.runs[0].name, "spread/mutex_count/threads:8/devices:2/groups:4/path:ops");
	plan_free(&f.plan);
}

static void nothing_left_is_an_error(void **state)
{
	unsigned int threads[] = {3}, devices[] = {2};
	struct fixture f;

	(void)state;
	set_request(&f, "share");
	f.request.threads = threads;
	f.request.nr_threads = 1;
	f.request.devices = devices;
	f.request.nr_devices = 1;
	assert_int_equal(plan_make(&f.plan, &f.request, &f.err), -1);
	assert_non_null(strstr(f.err.text, "nothing to run: more threads than devices"));
}

/* The workload storm takes any number of threads, because a thread without devices does nothing. */
static void storm_takes_any_number_of_threads(void **state)
{
	static char topology[] = SOURCE_DIR "/results/topologies/nuc-coffeelake.find.txt";
	unsigned int threads[] = {64};
	struct fixture f;

	(void)state;
	set_request(&f, "storm");
	f.request.threads = threads;
	f.request.nr_threads = 1;
	f.request.topology = topology;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 1);
	assert_int_equal(f.plan.nr_left_out, 0);
	assert_int_equal(f.plan.runs[0].spec.topology->nr_groups, 8);
	plan_free(&f.plan);
}

static void defaults_give_way_to_what_was_asked(void **state)
{
	unsigned int threads[] = {1};
	struct fixture f;

	(void)state;
	set_request(&f, "takeover");
	f.request.threads = threads;
	f.request.nr_threads = 1;
	f.request.zipf = 2;
	f.request.seed = 9;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 1);
	assert_true(params_of(&f.plan)->claims == f.workloads[0]->defaults.claims);
	assert_true(params_of(&f.plan)->zipf == 2);
	assert_int_equal(params_of(&f.plan)->seed, 9);
	assert_ptr_equal(f.plan.runs[0].spec.own, f.plan.runs[0].own);
	plan_free(&f.plan);
	f.request.claims = 0;
	make_plan_of(&f);
	assert_true(params_of(&f.plan)->claims == 0);
	assert_non_null(strstr(f.plan.runs[0].name, "/claims:0"));
	plan_free(&f.plan);
}

/* Returns the number of runs whose name, with a slash at its end, contains `text`. */
static size_t count_named(const struct plan *plan, const char *text)
{
	size_t nr = 0;

	for (size_t i = 0; i < plan->nr_runs; i++) {
		char name[256];

		snprintf(name, sizeof(name), "%s/", plan->runs[i].name);
		nr += strstr(name, text) != NULL;
	}
	return nr;
}

/* On a machine with more than 16 CPUs, the default group may itself have 64 devices. */
static void the_default_sweep_has_mixes(void **state)
{
	static const char *const mixes[] = {"/claims:0.001/", "/claims:0.01/", "/claims:0.5/",
	    "/claim_every_ns:10000/", "/claim_every_ns:1000000/"};
	struct fixture f;

	(void)state;
	set_request(&f, "share");
	f.request.nr_workloads = 0;
	make_plan_of(&f);
	for (size_t i = 0; i < sizeof(mixes) / sizeof(mixes[0]); i++)
		assert_int_equal(count_named(&f.plan, mixes[i]), 1);
	for (size_t i = 0; i < f.plan.nr_runs; i++) {
		assert_ptr_equal(f.plan.runs[i].spec.counters, &f.request.counters);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(f.plan.runs[i].name, f.plan.runs[j].name);
	}
	if (pin_nr_cpus() <= 16) {
		assert_true(count_named(&f.plan, "/devices:64/") > 0);
		assert_int_equal(count_named(&f.plan, "/devices:512/"), 1);
	}
	plan_free(&f.plan);
}

/* By default, the mixes are measured for the exact designs and the ceiling. */
static void mixes_are_of_exact_designs(void **state)
{
	struct fixture f;
	size_t mixed = 0;

	(void)state;
	set_request(&f, "takeover");
	f.request.nr_impls = 0;
	make_plan_of(&f);
	for (size_t i = 0; i < f.plan.nr_runs; i++) {
		const struct instance *instance = f.plan.runs[i].spec.instance;

		mixed += f.plan.runs[i].mix != NULL;
		if (f.plan.runs[i].mix)
			assert_true(instance->about->class == CLASS_EXACT ||
				    instance->about->class == CLASS_NONE);
	}
	assert_true(mixed > 0);
	assert_int_equal(count_named(&f.plan, "takeover/bravo/"), 1);
	plan_free(&f.plan);
}

/* If a workload alternates every 10 ms, the window contains whole periods. */
static void phases_are_measured_in_whole_periods(void **state)
{
	struct fixture f;

	(void)state;
	set_request(&f, "phases");
	f.request.duration = 0.01;
	make_plan_of(&f);
	assert_true(f.plan.runs[0].spec.duration == 0.02);
	assert_int_equal(f.plan.runs[0].spec.alternate_ns, 10000000);
	plan_free(&f.plan);
	f.request.duration = 0.03;
	make_plan_of(&f);
	assert_true(f.plan.runs[0].spec.duration == 0.04);
	plan_free(&f.plan);
}

/* A workload that was requested is measured for all designs. */
static void some_workloads_are_of_exact_designs(void **state)
{
	struct fixture f;

	(void)state;
	set_request(&f, "query");
	f.request.nr_impls = 0;
	make_plan_of(&f);
	assert_int_equal(count_named(&f.plan, "query/bravo/"), 1);
	plan_free(&f.plan);
	f.request.nr_workloads = 0;
	make_plan_of(&f);
	assert_int_equal(count_named(&f.plan, "query/bravo/"), 0);
	assert_int_equal(count_named(&f.plan, "query/mutex_count/"), 1);
	assert_true(count_named(&f.plan, "share/bravo/") > 0);
	plan_free(&f.plan);
}

/* Requested claims replace the mixes, and so does a requested size. */
static void requested_claims_replace_the_mixes(void **state)
{
	unsigned int devices[] = {64};
	struct fixture f;

	(void)state;
	set_request(&f, "takeover");
	f.request.claims = 0.3;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 1);
	plan_free(&f.plan);
	set_request(&f, "takeover");
	f.request.devices = devices;
	f.request.nr_devices = 1;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 1);
	plan_free(&f.plan);
	set_request(&f, "takeover");
	f.request.check = CHECK_WITNESS;
	make_plan_of(&f);
	assert_int_equal(f.plan.nr_runs, 1);
	plan_free(&f.plan);
}

static void unknown_implementation_is_an_error(void **state)
{
	static char none[] = "mutex_coun";
	struct fixture f;

	(void)state;
	set_request(&f, "share");
	f.impls[0] = none;
	assert_int_equal(plan_make(&f.plan, &f.request, &f.err), -1);
	assert_string_equal(
	    f.err.text, "--impl=mutex_coun: no such implementation; 'ownbench list' shows them");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(more_threads_than_devices_are_left_out),
	    cmocka_unit_test(devices_of_all_groups_count),
	    cmocka_unit_test(nothing_left_is_an_error),
	    cmocka_unit_test(storm_takes_any_number_of_threads),
	    cmocka_unit_test(defaults_give_way_to_what_was_asked),
	    cmocka_unit_test(the_default_sweep_has_mixes),
	    cmocka_unit_test(mixes_are_of_exact_designs),
	    cmocka_unit_test(some_workloads_are_of_exact_designs),
	    cmocka_unit_test(phases_are_measured_in_whole_periods),
	    cmocka_unit_test(requested_claims_replace_the_mixes),
	    cmocka_unit_test(unknown_implementation_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
