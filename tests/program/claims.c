/* SPDX-License-Identifier: MIT */
/* A claim's experiment runs in a process of its own, so that its failure affects no other claim. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "bench/report/topologies.h"

static int claim_finds(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	(void)err;
	result->verdict = CLAIM_BOUNDARY;
	claim_value(result, options->seconds, 1, 3, "times");
	claim_figure(result, "%d of %d", 1, 2);
	claim_figure(result, "and more");
	return 0;
}

static int claim_fails(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	(void)options;
	(void)result;
	return error_set(err, "no such thing");
}

static int claim_crashes(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	(void)options;
	(void)result;
	(void)err;
	return raise(SIGKILL);
}

static int claim_exits(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	(void)options;
	(void)result;
	(void)err;
	_exit(3);
}

static int claim_hangs(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	(void)options;
	(void)result;
	(void)err;
	for (;;)
		pause();
	return 0;
}

static int run_claim(
    int (*experiment)(const struct claim_options *, struct claim_result *, struct error *),
    struct claim_result *result, struct error *err)
{
	const struct claim claim = {.id = "C0", .run = experiment};
	const struct claim_options options = {.quick = true, .seconds = 2, .timeout = 0.1};
	const struct claim_options patient = {.quick = true, .seconds = 2};

	return claim_run(&claim, experiment == claim_hangs ? &options : &patient, result, err);
}

static void results_come_back(void **state)
{
	struct claim_result result;
	struct error err;

	(void)state;
	assert_int_equal(run_claim(claim_finds, &result, &err), 0);
	assert_int_equal(result.verdict, CLAIM_BOUNDARY);
	assert_true(result.value == 2 && result.low == 1 && result.high == 3);
	assert_string_equal(result.figure, "1 of 2; and more");
	assert_string_equal(result.unit, "times");
}

static void assert_fails(
    int (*experiment)(const struct claim_options *, struct claim_result *, struct error *),
    const char *text)
{
	struct claim_result result;
	struct error err;

	assert_int_equal(run_claim(experiment, &result, &err), -1);
	assert_non_null(strstr(err.text, text));
}

static void failures_are_reported(void **state)
{
	(void)state;
	assert_fails(claim_fails, "C0: no such thing");
	assert_fails(claim_crashes, "C0: crashed: SIGKILL");
	assert_fails(claim_exits, "C0: ended early with exit status 3");
	assert_fails(claim_hangs, "C0: hung");
}

static void a_long_figure_is_cut(void **state)
{
	struct claim_result result = {0};

	(void)state;
	for (int i = 0; i < 200; i++)
		claim_figure(&result, "figure %d", i);
	assert_int_equal(strlen(result.figure), sizeof(result.figure) - 1);
}

static void claims_are_complete(void **state)
{
	(void)state;
	assert_int_equal(nr_claims, 18);
	for (size_t i = 0; i < nr_claims; i++) {
		assert_ptr_equal(claim_find(claims[i]->id), claims[i]);
		assert_true(claims[i]->text && claims[i]->where && claims[i]->rule);
		assert_non_null(strstr(claims[i]->command, "ownbench "));
	}
	assert_null(claim_find("C19"));
}

/* The explorer's verdicts do not depend on the machine. */
static void searches_add_up(void **state)
{
	static const char *const two[] = {"two_removes", "pinctrl_fails", NULL};
	struct experiment_search search = {.exhausted = true};
	struct error err;

	(void)state;
	assert_int_equal(experiment_explore("list_walk", two, false, 60, &search, &err), 0);
	assert_true(search.faults & FAULT_LEAK);
	assert_true(search.exhausted);
	assert_int_equal(search.explorations, 4);
	search = (struct experiment_search){.exhausted = true};
	assert_int_equal(
	    experiment_explore("busted_walk_after_clear", two, false, 60, &search, &err), 0);
	assert_true(search.faults & FAULT_LEAK);
	assert_int_equal(experiment_explore("nothing", two, false, 1, &search, &err), -1);
	assert_non_null(strstr(err.text, "nothing"));
	search = (struct experiment_search){.exhausted = true};
	assert_int_equal(experiment_explore_family("lifetime", "module_ref",
			     (const char *const[]){"user_unbind", NULL}, 60, &search, &err),
	    0);
	assert_true(search.faults & FAULT_DEAD);
	assert_int_equal(search.explorations, 2);
	assert_int_equal(
	    experiment_explore_family("configure", "module_ref", NULL, 1, &search, &err), -1);
}

static void sizes_of_real_groups(void **state)
{
	struct topologies t;
	struct error err;

	(void)state;
	assert_int_equal(topologies_load(&t, &err), 0);
	assert_int_equal(topologies_groups_of(&t, 1), t.nr_groups);
	assert_int_equal(topologies_groups_of(&t, t.largest + 1), 0);
	assert_true(topologies_groups_of(&t, t.largest) >= 1);
	assert_true(t.median <= t.largest && t.nr > 5);
	topologies_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(results_come_back),
	    cmocka_unit_test(failures_are_reported),
	    cmocka_unit_test(a_long_figure_is_cut),
	    cmocka_unit_test(claims_are_complete),
	    cmocka_unit_test(searches_add_up),
	    cmocka_unit_test(sizes_of_real_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
