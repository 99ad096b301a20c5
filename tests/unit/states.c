/* SPDX-License-Identifier: MIT */
/* The search by states: it must find the faults that the search by executions finds, and no others.
 * A sanitizer's own state is on the stacks, so its builds search by executions only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/explore/example.h"
#include "harness/explore/explore.h"
#include "harness/explore/visited.h"
#include "tests/unit/explored.h"

#ifdef OWNBENCH_SANITIZED
enum { HAS_STATES = false };
#else
enum { HAS_STATES = HOOK_STACK };
#endif

static void states_are_counted_once(void **state)
{
	enum { N = 100000 }; /* the set grows several times */
	struct visited v = {0};

	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		for (uint64_t i = 0; i < N; i++) {
			struct digest d = {0};
			uint8_t mask = 0;

			digest_word(&d, i);
			assert_int_equal(visited_add(&v, d, &mask), pass ? VISIT_AGAIN : VISIT_NEW);
		}
	}
	assert_int_equal(v.n, N);
	visited_free(&v);
}

/* The mask of a state says which processes were asleep each time. */
static void masks_are_intersected(void **state)
{
	static const uint8_t masks[] = {0x81, 0xc1, 0xff, 0x41, 0},
			     before[] = {0, 0x81, 0x81, 0x81, 1};
	struct visited v = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(masks); i++) {
		uint8_t mask = masks[i];

		assert_int_equal(visited_add(&v, (struct digest){1, 0x1234}, &mask),
		    i ? VISIT_AGAIN : VISIT_NEW);
		if (i)
			assert_int_equal(mask, before[i]);
	}
	assert_int_equal(v.n, 1);
	visited_free(&v);
}

static void digests_depend_on_all_bytes(void **state)
{
	unsigned char bytes[100] = {0};
	struct visited v = {0};
	uint8_t mask = 0;

	(void)state;
	for (size_t size = 0; size <= sizeof(bytes); size++) {
		for (size_t i = 0; i < size; i++) {
			struct digest d = {size, 0};

			bytes[i] = 1;
			digest_bytes(&d, bytes, size);
			bytes[i] = 0;
			assert_int_equal(visited_add(&v, d, &mask), VISIT_NEW);
		}
	}
	visited_free(&v);
}

/* Turns are so short that each search stops and goes on several times. */
static void search(const char *name, const struct scenario *scenario, enum memory_model model,
    enum explore_by by, struct explore_result *result)
{
	const struct explore_options options = {
	    .model = model, .by = by, .first_turn = 16, .max_executions = 40000};
	struct error err;

	if (explore(find_explored(name), scenario, &options, result, &err))
		fail_msg("%s, %s: %s", name, scenario->name, err.text);
}

static void check(const char *name, const struct scenario *scenario, enum memory_model model,
    const struct explore_result *executions, const struct explore_result *states)
{
	/* If a fault cannot be allowed, the search by states ends. */
	if (states->exhausted ? states->faults != executions->faults
			      : states->faults & ~executions->faults)
		fail_msg("%s, %s, %s: faults 0x%x by states, 0x%x by executions", name,
		    scenario->name, model_name(model), states->faults, executions->faults);
}

/* Compares the faults of both searches, and of both in turn. Returns whether all were complete. */
static bool compare(const char *name, const struct scenario *scenario, enum memory_model model)
{
	static struct explore_result executions, states, both;

	search(name, scenario, model, EXPLORE_EXECUTIONS, &executions);
	if (!executions.exhausted)
		return false;
	search(name, scenario, model, EXPLORE_STATES, &states);
	check(name, scenario, model, &executions, &states);
	search(name, scenario, model, EXPLORE_BOTH, &both);
	check(name, scenario, model, &executions, &both);
	return states.exhausted && both.exhausted;
}

/* The scenarios differ in how many owners, devices and threads there are. */
static void both_searches_find_the_same(void **state)
{
	static const char *const names[] = {"bravo", "brlock_try", "device_slots", "fetch_add",
	    "list_walk", "mutex_count", "packed_cas", "percpu_ref", "percpu_rwsem", "rcu_driver",
	    "sharded", "snzi", "busted_flag_after_unlock", "busted_hotplug_abba",
	    "busted_light_reclaim", "busted_no_grace_period", "busted_no_membarrier",
	    "busted_relaxed_back_out", "busted_unlocked_query", "busted_weak_cas", "dekker_bare",
	    "dekker_fence"};
	static const char *const scenarios[] = {"probe_claim", "two_removes", "query",
	    "hotplug_pair", "owners_meet", "unregister", "probe_fails_claim", "reprobe"};
	unsigned int complete = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t k = 0; k < sizeof(scenarios) / sizeof(scenarios[0]); k++)
			for (int model = MODEL_SC; model <= MODEL_TSO; model++)
				complete += compare(names[i],
				    scenario_find(&explore_ownership, scenarios[k]),
				    (enum memory_model)model);
	if (HAS_STATES)
		assert_in_range(complete, 200, UINT32_MAX);
}

/* What a thread saw before its last step is part of the state if the thread waits for it. */
static void late_yields_are_known(void **state)
{
	static const struct scenario scenario = {"late", "", {"claim:A", "probe:0"}};
	static struct explore_result r;

	(void)state;
	compare("yields_late", &scenario, MODEL_SC);
	search("yields_late", &scenario, MODEL_SC, EXPLORE_STATES, &r);
	if (HAS_STATES)
		assert_true(r.faults & FAULT_CONFLICT);
}

/* Searching the executions alone would take far longer. */
static void states_are_fewer(void **state)
{
	static struct explore_result r;
	const struct explore_options options = {
	    .model = MODEL_TSO, .max_executions = HAS_STATES ? 0 : 100};
	struct error err;

	(void)state;
	if (explore(find_explored("device_slots"),
		scenario_find(&explore_ownership, "guard_aborted"), &options, &r, &err))
		fail_msg("%s", err.text);
	assert_int_equal(r.exhausted, HAS_STATES);
	assert_int_equal(r.states > 0, HAS_STATES);
	assert_int_equal(r.faults, 0);
}

/* The example of a fault that the search by states has found is an execution. */
static void faults_have_examples(void **state)
{
	const struct explored *impl = find_explored("busted_no_membarrier");
	const struct scenario *scenario = scenario_find(&explore_ownership, "reclaim");
	const struct explore_options options = {
	    .model = MODEL_TSO, .by = EXPLORE_STATES, .until = CLASS_UNSAFE};
	static struct explore_result r;
	unsigned int faults;
	struct error err;

	(void)state;
	assert_int_equal(explore(impl, scenario, &options, &r, &err), 0);
	assert_true(r.faults & FAULT_CONFLICT);
	assert_true(r.examples[__builtin_ctz(FAULT_CONFLICT)].n > 0);
	assert_int_equal(explore_replay(impl, scenario, &options,
			     &r.examples[__builtin_ctz(FAULT_CONFLICT)], NULL, &faults, &err),
	    0);
	assert_true(faults & FAULT_CONFLICT);
}

/* A grace period makes visible what a reader stores after the grace period has begun, too. */
static void grace_periods_cover_later_stores(void **state)
{
	static const struct scenario scenario = {
	    "refused_reader", "", {"probe:0 remove:0", "claim:A release claim:A"}};
	static const char *const names[] = {"percpu_ref", "percpu_rwsem"};
	static struct explore_result r;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		search(names[i], &scenario, MODEL_TSO, EXPLORE_STATES, &r);
		assert_true(r.exhausted);
		assert_false(r.faults & (FAULT_CONFLICT | FAULT_LEAK | FAULT_UNORDERED));
	}
}

static void limits_are_kept(void **state)
{
	const struct explore_options options = {
	    .model = MODEL_SC, .by = EXPLORE_STATES, .max_executions = 3000};
	static struct explore_result r;
	struct error err;

	(void)state;
	assert_int_equal(explore(find_explored("device_slots"),
			     scenario_find(&explore_ownership, "two_sides"), &options, &r, &err),
	    0);
	assert_false(r.exhausted);
	assert_in_range(r.executions + r.states, 1, 3000 + 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(states_are_counted_once),
	    cmocka_unit_test(masks_are_intersected),
	    cmocka_unit_test(digests_depend_on_all_bytes),
	    cmocka_unit_test(both_searches_find_the_same),
	    cmocka_unit_test(late_yields_are_known),
	    cmocka_unit_test(states_are_fewer),
	    cmocka_unit_test(faults_have_examples),
	    cmocka_unit_test(grace_periods_cover_later_stores),
	    cmocka_unit_test(limits_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
