/* SPDX-License-Identifier: MIT */
/* Each thread's trace depends only on the seed, and contains the requested fractions of steps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/families/registry.h"
#include "bench/ownership/ownership.h"

enum { GROUPS = 16, DEVICES = 8, ALL_DEVICES = GROUPS * DEVICES, THREADS = 3 };

/* Tolerance for fractions measured by 1024 draws: five times the largest standard deviation. */
static const double TOLERANCE = 5 * 0.5 / 32;

struct fixture {
	struct topology topology;
	struct model model;
	struct pin_plan pins;
	enum run_check check;
};

static const struct impl_ops *plain_impl(void)
{
	for (size_t i = 0; ownership_instances[i]; i++) {
		if (instance_is_ceiling(ownership_instances[i]))
			return ownership_ops(ownership_instances[i]);
	}
	fail_msg("no ceiling in this build");
	return NULL;
}

static int set_up(void **state)
{
	static struct fixture f;
	struct error err;

	*state = &f;
	f.pins = (struct pin_plan){.nr_threads = THREADS};
	f.check = CHECK_AUDIT;
	if (topology_uniform(GROUPS, DEVICES, &f.topology, &err))
		return -1;
	return model_create(&f.model, plain_impl(), &f.topology, &err);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	model_destroy(&f->model);
	topology_free(&f->topology);
	return 0;
}

/* The caller frees the result. */
static uintptr_t *make_trace(struct fixture *f, const char *workload, struct workload_params params,
    unsigned int thread, size_t *steps)
{
	const struct ownership_run run = {.workload = workload_find(workload), .params = params};
	const struct run_spec spec = {
	    .topology = &f->topology, .pins = &f->pins, .check = f->check, .own = &run};
	struct error err;
	uintptr_t *made;

	assert_non_null(run.workload);
	made = ownership_make_trace(&spec, &f->model, thread, steps, &err);
	assert_non_null(made);
	return made;
}

static bool same_trace(struct fixture *f, uint64_t seed_a, unsigned int thread_a, uint64_t seed_b,
    unsigned int thread_b)
{
	struct workload_params params = {.claims = 0.2, .fail_driver = 0.2, .seed = seed_a};
	size_t nr_a, nr_b;
	uintptr_t *a = make_trace(f, "takeover", params, thread_a, &nr_a);
	uintptr_t *b;
	bool equal;

	params.seed = seed_b;
	b = make_trace(f, "takeover", params, thread_b, &nr_b);
	equal = nr_a == nr_b && !memcmp(a, b, nr_a * sizeof(*a));
	free(a);
	free(b);
	return equal;
}

static void the_seed_decides(void **state)
{
	assert_true(same_trace(*state, 1, 0, 1, 0));
	assert_true(same_trace(*state, 77, 2, 77, 2));
	assert_false(same_trace(*state, 1, 0, 2, 0));
	assert_false(same_trace(*state, 1, 0, 1, 1));
}

static size_t device_number(const struct fixture *f, const struct device *dev)
{
	for (size_t d = 0; d < f->model.nr_devices; d++) {
		if (f->model.devices[d] == dev)
			return d;
	}
	fail_msg("a step on no device of the model");
	return 0;
}

/* Marks the thread's devices, and checks that none belongs to another thread. */
static size_t mark_devices(struct fixture *f, const char *workload, unsigned int thread, int *owner)
{
	const struct workload_params params = {.claims = 0.3, .zipf = 0.5, .seed = 5};
	size_t nr;
	uintptr_t *steps = make_trace(f, workload, params, thread, &nr);

	for (size_t i = 0; i < nr; i++) {
		size_t d = device_number(f, step_device(steps[i]));

		assert_true(owner[d] < 0 || owner[d] == (int)thread);
		owner[d] = (int)thread;
	}
	free(steps);
	return nr;
}

static void each_device_has_one_thread(void **state)
{
	static const char *const names[] = {
	    "share", "takeover", "phases", "flap", "hotplug", "query", "storm"};
	struct fixture *f = *state;

	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++) {
		int owner[ALL_DEVICES];

		memset(owner, 0xff, sizeof(owner));
		for (unsigned int t = 0; t < THREADS; t++)
			mark_devices(f, names[n], t, owner);
	}
}

static void storm_visits_each_device_once(void **state)
{
	struct fixture *f = *state;
	int owner[ALL_DEVICES];
	size_t sum = 0;

	memset(owner, 0xff, sizeof(owner));
	for (unsigned int t = 0; t < THREADS; t++)
		sum += mark_devices(f, "storm", t, owner);
	assert_int_equal(sum, ALL_DEVICES);
	for (size_t d = 0; d < ALL_DEVICES; d++)
		assert_true(owner[d] >= 0);
}

/* Computes what fraction of all steps is of each kind. */
static void count_kinds(struct fixture *f, const char *workload, struct workload_params params,
    double parts[STEP_KINDS])
{
	size_t nr;
	uintptr_t *steps = make_trace(f, workload, params, 1, &nr);

	for (int k = 0; k < STEP_KINDS; k++)
		parts[k] = 0;
	for (size_t i = 0; i < nr; i++)
		parts[step_kind(steps[i])] += 1.0 / (double)nr;
	free(steps);
}

static void assert_near(double value, double expected)
{
	if (!(fabs(value - expected) < TOLERANCE))
		fail_msg("%g, not %g", value, expected);
}

static void claims_are_the_part_asked_for(void **state)
{
	static const double asked[] = {0.1, 0.5, 0.9};
	double parts[STEP_KINDS];

	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		count_kinds(
		    *state, "takeover", (struct workload_params){.claims = asked[i]}, parts);
		assert_near(parts[STEP_CLAIM], asked[i]);
		assert_near(parts[STEP_PAIR], 1 - asked[i]);
	}
	count_kinds(*state, "takeover", (struct workload_params){.claims = 0}, parts);
	assert_true(parts[STEP_CLAIM] == 0);
	count_kinds(*state, "takeover", (struct workload_params){.claims = 1}, parts);
	assert_near(parts[STEP_CLAIM], 1);
	assert_true(parts[STEP_PAIR] == 0);
	/* share has only pairs, whatever is requested. */
	count_kinds(*state, "share", (struct workload_params){.claims = 1}, parts);
	assert_true(parts[STEP_CLAIM] == 0);
}

/* Even one claim in a thousand steps is in every thread's trace, whatever the seed. */
static void rare_claims_are_in_every_trace(void **state)
{
	struct fixture *f = *state;

	for (uint64_t seed = 0; seed < 50; seed++) {
		const struct workload_params params = {.claims = 0.001, .seed = seed};
		size_t nr, claims = 0;
		uintptr_t *steps = make_trace(f, "takeover", params, 1, &nr);

		for (size_t i = 0; i < nr; i++)
			claims += step_kind(steps[i]) == STEP_CLAIM;
		assert_in_range(claims, 1, 2);
		free(steps);
	}
}

/* The first half of the trace has drivers' steps, and the second half has users' steps. */
static void phases_are_halves_of_a_trace(void **state)
{
	size_t nr;
	uintptr_t *steps =
	    make_trace(*state, "phases", (struct workload_params){.seed = 1}, 1, &nr);

	for (size_t i = 0; i < nr; i++)
		assert_int_equal(step_kind(steps[i]), i < nr / 2 ? STEP_PAIR : STEP_CLAIM);
	free(steps);
}

/* Runs that only audit claim whole groups. Runs with other checks also claim through devices. */
static void checked_runs_claim_by_device_too(void **state)
{
	struct fixture *f = *state;
	double parts[STEP_KINDS];

	for (f->check = CHECK_AUDIT; f->check <= CHECK_HISTORY; f->check++) {
		count_kinds(f, "takeover", (struct workload_params){.claims = 0.6}, parts);
		assert_near(parts[STEP_DEVICE_CLAIM], f->check == CHECK_AUDIT ? 0 : 0.3);
		assert_near(parts[STEP_CLAIM] + parts[STEP_DEVICE_CLAIM], 0.6);
	}
}

static void plugs_are_the_part_asked_for(void **state)
{
	double parts[STEP_KINDS];

	count_kinds(
	    *state, "hotplug", (struct workload_params){.claims = 0.2, .plugs = 0.3}, parts);
	assert_near(parts[STEP_CLAIM], 0.2);
	assert_near(parts[STEP_PLUG], 0.3);
	assert_near(parts[STEP_PAIR], 0.5);
}

static void drivers_are_unregistered_in_probes(void **state)
{
	double parts[STEP_KINDS];

	count_kinds(
	    *state, "takeover", (struct workload_params){.claims = 0.5, .unregisters = 0.4}, parts);
	assert_near(parts[STEP_CLAIM], 0.5);
	assert_near(parts[STEP_UNREGISTER], 0.2);
	assert_near(parts[STEP_PAIR], 0.3);
}

/* Readers only query. There is at least one reader, and at least one prober. */
static void readers_are_the_last_threads(void **state)
{
	static const double asked[] = {0.01, 0.5, 0.99};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		const struct workload_params params = {.readers = asked[i]};

		for (unsigned int t = 0; t < f->pins.nr_threads; t++) {
			const bool first = t == 0, last = t == f->pins.nr_threads - 1;
			size_t nr;
			uintptr_t *steps = make_trace(f, "query", params, t, &nr);

			for (size_t s = 0; s < nr; s++) {
				assert_int_equal(step_kind(steps[s]), step_kind(steps[0]));
				assert_false(first && step_kind(steps[s]) != STEP_PAIR);
				assert_false(last && step_kind(steps[s]) != STEP_QUERY);
			}
			free(steps);
		}
	}
}

static void one_thread_queries_in_part_of_its_steps(void **state)
{
	struct fixture *f = *state;
	const unsigned int nr = f->pins.nr_threads;
	double parts[STEP_KINDS];

	f->pins.nr_threads = 1;
	count_kinds(f, "query", (struct workload_params){.readers = 0.3}, parts);
	f->pins.nr_threads = nr;
	assert_near(parts[STEP_QUERY], 0.3);
	assert_near(parts[STEP_PAIR], 0.7);
}

/* A thread uses only its own groups, even if its only group is the least popular one. */
static void a_thread_stays_at_the_groups_of_its_devices(void **state)
{
	enum { MANY = 100 };
	static struct fixture f = {.pins = {.nr_threads = MANY}};
	struct error err;

	(void)state;
	assert_int_equal(topology_uniform(MANY, 1, &f.topology, &err), 0);
	assert_int_equal(model_create(&f.model, plain_impl(), &f.topology, &err), 0);
	for (unsigned int t = 0; t < MANY; t++) {
		const struct workload_params params = {.zipf = 10};
		size_t nr;
		uintptr_t *steps = make_trace(&f, "spread", params, t, &nr);

		for (size_t s = 0; s < nr; s++)
			assert_ptr_equal(step_device(steps[s]), f.model.devices[t]);
		free(steps);
	}
	model_destroy(&f.model);
	topology_free(&f.topology);
}

/* The failures are fractions of the probes, not of all steps. */
static void failures_are_the_parts_asked_for(void **state)
{
	const struct workload_params params = {
	    .claims = 0.5, .fail_pinctrl = 0.1, .fail_configure = 0.2, .fail_driver = 0.4};
	double parts[STEP_KINDS];

	count_kinds(*state, "flap", params, parts);
	assert_near(parts[STEP_CLAIM], 0.5);
	assert_near(parts[STEP_FAIL_PINCTRL], 0.05);
	assert_near(parts[STEP_FAIL_CONFIGURE], 0.1);
	assert_near(parts[STEP_FAIL_DRIVER], 0.2);
	assert_near(parts[STEP_PAIR], 0.15);
}

/* Computes what fraction of all steps is on each group. */
static void count_groups(struct fixture *f, double zipf, double parts[GROUPS])
{
	size_t nr;
	uintptr_t *steps = make_trace(f, "spread", (struct workload_params){.zipf = zipf}, 0, &nr);

	memset(parts, 0, GROUPS * sizeof(*parts));
	for (size_t i = 0; i < nr; i++)
		parts[model_group_index(&f->model, step_device(steps[i])->group)] +=
		    1.0 / (double)nr;
	free(steps);
}

static void groups_are_equally_popular(void **state)
{
	double parts[GROUPS];

	count_groups(*state, 0, parts);
	for (size_t g = 0; g < GROUPS; g++) {
		assert_true(parts[g] > 0);
		assert_near(parts[g], 1.0 / GROUPS);
	}
}

static void zipf_makes_the_first_groups_popular(void **state)
{
	double sum = 0, parts[GROUPS];

	for (size_t g = 0; g < GROUPS; g++)
		sum += 1.0 / (double)(g + 1);
	count_groups(*state, 1, parts);
	for (size_t g = 0; g < GROUPS; g++)
		assert_near(parts[g], 1.0 / (double)(g + 1) / sum);
	assert_true(parts[0] > 4 * parts[GROUPS - 1]);
	/* A larger exponent favours the first group more. */
	count_groups(*state, 3, parts);
	assert_true(parts[0] > 0.7);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_seed_decides),
	    TEST(each_device_has_one_thread),
	    TEST(storm_visits_each_device_once),
	    TEST(claims_are_the_part_asked_for),
	    TEST(rare_claims_are_in_every_trace),
	    TEST(phases_are_halves_of_a_trace),
	    TEST(checked_runs_claim_by_device_too),
	    TEST(plugs_are_the_part_asked_for),
	    TEST(drivers_are_unregistered_in_probes),
	    TEST(readers_are_the_last_threads),
	    TEST(one_thread_queries_in_part_of_its_steps),
	    TEST(a_thread_stays_at_the_groups_of_its_devices),
	    TEST(failures_are_the_parts_asked_for),
	    TEST(groups_are_equally_popular),
	    TEST(zipf_makes_the_first_groups_popular),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
