/* SPDX-License-Identifier: MIT */
/* The explorer: faults that it must find, faults that it must not report, and a reduction that must
 * not lose faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/explore/example.h"
#include "harness/explore/explore.h"
#include "harness/explore/judge.h"
#include "harness/explore/parallel.h"
#include "harness/model/bus.h"
#include "tests/unit/explored.h"
#include "tests/unit/outcomes.h"

/* Parts of "nested" and "two_sides", which have too many executions for tests. */
static const struct scenario parts[] = {
    {"nested_claims", "", {"claim:0:A release", "claim:1:A release"}},
    {"four_at_once", "", {"probe:0", "probe:1", "claim:A", "claim:B"}},
};

static const struct scenario *find_scenario(const char *name)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!strcmp(parts[i].name, name))
			return &parts[i];
	return scenario_find(&explore_ownership, name);
}

static void run_scenario(const char *name, const char *scenario,
    const struct explore_options *options, struct explore_result *result)
{
	struct error err;

	if (explore(find_explored(name), find_scenario(scenario), options, result, &err))
		fail_msg("%s, %s: %s", name, scenario, err.text);
}

static unsigned int faults_of(const char *name, const char *scenario, enum memory_model model)
{
	static struct explore_result result;
	const struct explore_options options = {.model = model};

	run_scenario(name, scenario, &options, &result);
	if (!result.exhausted)
		fail_msg("%s, %s, %s: not exhausted", name, scenario, model_name(model));
	return result.faults;
}

static void expect_faults(const char *name, const char *scenario, enum memory_model model,
    unsigned int has, unsigned int has_not)
{
	unsigned int found = faults_of(name, scenario, model);

	if ((found & has) != has || found & has_not)
		fail_msg("%s, %s, %s: faults 0x%x, must have 0x%x and not 0x%x", name, scenario,
		    model_name(model), found, has, has_not);
}

enum { WORST = FAULT_CONFLICT | FAULT_LEAK | FAULT_LOST | FAULT_UNPAIRED | FAULT_UNORDERED };

/* -- litmus tests: toys with a driver's and a user's side -- */

static void store_buffers(void **state)
{
	(void)state;
	expect_faults("dekker_bare", "probe_claim", MODEL_SC, FAULT_REFUSAL, WORST);
	expect_faults("dekker_bare", "probe_claim", MODEL_TSO, FAULT_CONFLICT, 0);
	expect_faults("dekker_acq_rel", "probe_claim", MODEL_TSO, FAULT_CONFLICT, 0);
	expect_faults("dekker_fence", "probe_claim", MODEL_TSO, FAULT_REFUSAL, WORST);
	expect_faults("dekker_fence", "reprobe", MODEL_TSO, FAULT_REFUSAL, WORST);
	expect_faults("dekker_membarrier", "probe_claim", MODEL_TSO, FAULT_REFUSAL, WORST);
	expect_faults("dekker_membarrier", "reprobe", MODEL_TSO, FAULT_REFUSAL, WORST);
}

/* Reorderings that C11 allows beyond store buffers are tested in tests/unit/litmus.c. RC11 has no
 * order in time, so some order may explain the results of two conflicting owners. Such owners are
 * detected by their unordered memory accesses. */
static void messages(void **state)
{
	static const char *const right[] = {"dekker_fence", "dekker_membarrier", "dekker_static"};

	(void)state;
	expect_faults("dekker_bare", "probe_claim", MODEL_RC11, FAULT_UNORDERED, 0);
	expect_faults("dekker_acq_rel", "probe_claim", MODEL_RC11, FAULT_UNORDERED, 0);
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
		expect_faults(right[i], "probe_claim", MODEL_RC11, 0, WORST);
		expect_faults(right[i], "reprobe", MODEL_RC11, 0, WORST);
	}
}

/* Each of these negative controls is exact on x86. Correct programs of the same shape are also
 * exact under RC11. */
static void mistakes_that_x86_hides(void **state)
{
	static const struct {
		const char *name, *scenario;
		enum fault fault;
	} all[] = {
	    {"busted_acq_rel_exchange", "probe_claim", FAULT_UNORDERED},
	    {"busted_cleared_slots", "reclaim", FAULT_UNORDERED},
	    {"busted_last_leaver_relaxed", "far_probers", FAULT_LEAK},
	    {"busted_last_leaver_released", "far_probers", FAULT_LEAK},
	    {"busted_locked_noop", "probe_claim", FAULT_UNORDERED},
	    {"busted_owner_table_read", "nested_claims", FAULT_REFUSAL},
	    {"busted_owner_table_written", "nested_claims", FAULT_REFUSAL},
	    {"busted_relaxed_rmw_fence", "probe_claim", FAULT_UNORDERED},
	    {"busted_relaxed_shard", "probe_claim", FAULT_UNORDERED},
	    {"busted_seq_cst_store", "probe_claim", FAULT_UNORDERED},
	    {"busted_two_words_added", "refused_third", FAULT_REFUSAL},
	    {"busted_two_words_read", "refused", FAULT_REFUSAL},
	    {"busted_two_words_written", "refused", FAULT_REFUSAL},
	    {"busted_used_halves", "four_at_once", FAULT_CONFLICT},
	    {"busted_weak_cas", "reclaim", FAULT_REFUSAL},
	    {"device_slots<exchange>", "probe_claim", (enum fault)0},
	    {"device_slots<seq_cst>", "probe_claim", (enum fault)0},
	    {"device_slots_unguarded<exchange>", "prober_two_claimers", (enum fault)0},
	    {"device_slots_unguarded<seq_cst>", "prober_two_claimers", (enum fault)0},
	    {"last_leaver_right", "far_probers", (enum fault)0},
	    {"owner_table_right", "nested_claims", (enum fault)0},
	    {"packed_cas", "reclaim", (enum fault)0},
	    {"two_words_right", "refused", (enum fault)0},
	    {"two_words_right", "refused_third", (enum fault)0},
	    {"used_halves_right", "four_at_once", (enum fault)0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		expect_faults(all[i].name, all[i].scenario, MODEL_SC, 0, ~0u);
		expect_faults(all[i].name, all[i].scenario, MODEL_TSO, 0, ~0u);
		expect_faults(
		    all[i].name, all[i].scenario, MODEL_RC11, all[i].fault, all[i].fault ? 0 : ~0u);
	}
}

/* The explorer's thresholds are 1, so each probe that does not use its slot widens the mode of
 * device_slots, and a claim narrows it unless a driver has probed since the last one. */
static void modes_change(void **state)
{
	static const struct {
		const char *name, *scenario;
		enum memory_model model;
		enum fault fault;
	} controls[] = {
	    {"busted_central_while_driven", "prober_two_claimers", MODEL_SC, FAULT_CONFLICT},
	    {"busted_light_reclaim", "guard_between", MODEL_TSO, FAULT_CONFLICT},
	    {"busted_pending_by_store", "guard_between", MODEL_TSO, FAULT_CONFLICT},
	    {"busted_retreat_by_store", "prober_two_claimers", MODEL_SC, FAULT_CONFLICT},
	    {"busted_shard_back_out", "probe_claim", MODEL_SC, FAULT_REFUSAL},
	    {"busted_shard_no_abort", "probe_claim", MODEL_SC, FAULT_CONFLICT},
	    {"busted_shard_no_epoch", "reprobe", MODEL_SC, FAULT_LEAK},
	    {"busted_slot_retracted_first", "reclaim", MODEL_SC, FAULT_REFUSAL},
	    {"busted_unguard_any_epoch", "second_look", MODEL_SC, FAULT_REFUSAL},
	    {"busted_unguard_by_store", "guard_between", MODEL_SC, FAULT_CONFLICT},
	    {"busted_stale_slot", "guard_during", MODEL_TSO, FAULT_REFUSAL},
	};

	(void)state;
	for (int i = 0; i < NR_MEMORY_MODELS; i++) {
		const enum memory_model model = (enum memory_model)i;

		expect_faults("device_slots", "reclaim", model, 0, ~0u);
		expect_faults("device_slots", "reclaim_nested", model, 0, ~0u);
		expect_faults("device_slots", "both_ways_twice", model, 0, ~0u);
	}
	expect_faults("device_slots", "guard_between", MODEL_TSO, 0, ~0u);
	expect_faults("device_slots", "guard_during", MODEL_TSO, 0, ~0u);
	expect_faults("device_slots", "second_look", MODEL_TSO, 0, ~0u);
	expect_faults("device_slots", "widened", MODEL_TSO, 0, ~0u);
	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++)
		expect_faults(controls[i].name, controls[i].scenario, controls[i].model,
		    controls[i].fault, 0);
}

/* A mutex is unlocked by a read-modify-write, but a spinlock by a plain store. */
static void unlocks_stay_in_the_store_buffer(void **state)
{
	(void)state;
	expect_faults("sharded", "refused", MODEL_TSO, 0, FAULT_REFUSAL);
	expect_faults("sharded_spinlock", "refused", MODEL_SC, 0, FAULT_REFUSAL);
	expect_faults("sharded_spinlock", "refused", MODEL_TSO, FAULT_REFUSAL, WORST);
}

static void orders_hand_memory_over(void **state)
{
	(void)state;
	for (int i = 0; i < NR_MEMORY_MODELS; i++) {
		const enum memory_model model = (enum memory_model)i;

		expect_faults(
		    "dekker_no_release", "probe_claim", model, FAULT_UNORDERED, FAULT_CONFLICT);
		expect_faults(
		    "dekker_no_acquire", "probe_claim", model, FAULT_UNORDERED, FAULT_CONFLICT);
		expect_faults("dekker_membarrier_no_release", "probe_claim", model, FAULT_UNORDERED,
		    FAULT_CONFLICT);
	}
}

static void locks_in_two_orders(void **state)
{
	(void)state;
	expect_faults("abba", "probe_claim", MODEL_SC, FAULT_DEADLOCK, FAULT_CONFLICT);
	expect_faults("abba", "two_removes", MODEL_SC, 0, FAULT_DEADLOCK | FAULT_LOCK_ORDER);
}

/* Returns the faults of the first execution, in which each thread runs to its end before the next
 * one starts. Leaves out data races, which sanitizer builds do not see; data_race.c tests these. */
static unsigned int first_faults(const char *name, const char *scenario)
{
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_SC, .max_executions = 1};

	run_scenario(name, scenario, &options, &result);
	return result.faults & ~FAULT_RACE;
}

static void lock_order_needs_no_deadlock(void **state)
{
	(void)state;
	assert_int_equal(first_faults("abba", "probe_claim"), FAULT_LOCK_ORDER);
	assert_int_equal(first_faults("grace_abba", "probe_claim"), FAULT_LOCK_ORDER);
	assert_int_equal(first_faults("busted_hotplug_abba", "hotplug"), FAULT_LOCK_ORDER);
	assert_int_equal(first_faults("busted_unlocked_hotplug", "hotplug_pair"), FAULT_UNORDERED);
	expect_faults("grace_abba", "probe_claim", MODEL_SC, FAULT_LOCK_ORDER | FAULT_DEADLOCK, 0);
}

static void locks_that_must_be_held(void **state)
{
	static const struct scenario unlocked = {"unlocked", "", {"probe-unlocked:0 remove:0"}};
	const struct explore_options options = {.model = MODEL_SC};
	static struct explore_result result;
	struct error err;

	(void)state;
	assert_int_equal(
	    explore(find_explored("mutex_count"), &unlocked, &options, &result, &err), 0);
	assert_int_equal(result.faults, FAULT_NOT_HELD);
	assert_int_equal(first_faults("busted_no_device_lock", "nested"), FAULT_NOT_HELD);
	assert_int_equal(first_faults("busted_no_device_lock", "two_removes"), 0);
	assert_true(first_faults("keeps_lock", "query") & FAULT_NOT_HELD);
}

/* A correct lock order must not be reported. Learning the order does not take every
 * interleaving. */
static void correct_use_of_locks_is_not_reported(void **state)
{
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_TSO, .max_executions = 100};

	(void)state;
	for (const struct explored *const *i = explored_ownership; *i; i++) {
		static struct lockorder all;

		memset(&all, 0, sizeof(all));
		for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
			run_scenario((*i)->name, s->name, &options, &result);
			lockorder_merge(&all, &result.locks);
		}
		if (all.faults && strcmp((*i)->name, "busted_hotplug_abba") &&
		    strcmp((*i)->name, "busted_forgotten_unlock") &&
		    strcmp((*i)->name, "busted_no_device_lock")) {
			lockorder_print(stderr, &all);
			fail_msg("%s is reported", (*i)->name);
		}
		assert_false(all.full);
	}
}

/* Lock orders learned by several processes are merged. */
static void partial_lock_orders_are_merged(void **state)
{
	static struct explore_result result, part;
	const struct explore_options options = {.model = MODEL_SC, .max_executions = 1};
	static const struct scenario probe = {"probe", "", {"probe:0"}},
				     claim = {"claim", "", {"claim:A"}};
	struct error err;

	(void)state;
	assert_int_equal(explore(find_explored("abba"), &probe, &options, &result, &err), 0);
	assert_int_equal(explore(find_explored("abba"), &claim, &options, &part, &err), 0);
	assert_int_equal(result.faults | part.faults, 0);
	explore_merge(find_explored("abba"), &result, &part);
	assert_int_equal(result.faults, FAULT_LOCK_ORDER);
	assert_int_equal(result.class, CLASS_UNSAFE);
}

static void spinning_is_cut_and_reported(void **state)
{
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_SC, .spin_bound = 3};

	(void)state;
	run_scenario("spinner", "probe_claim", &options, &result);
	assert_int_equal(result.faults, 0);
	assert_true(result.cut > 0);
	assert_false(result.exhausted);
}

/* A loop that only polls is a wait, and a deadlock if nothing ends it. A loop that counts its tries
 * may end by itself. */
static void waiting_loops_are_waits(void **state)
{
	(void)state;
	for (int i = 0; i < NR_MEMORY_MODELS; i++) {
		const enum memory_model model = (enum memory_model)i;

		expect_faults(
		    "spins_for_ever", "probe_claim", model, FAULT_DEADLOCK, ~FAULT_DEADLOCK);
		expect_faults("gives_up", "two_removes", model, FAULT_REFUSAL, ~FAULT_REFUSAL);
		expect_faults("waits_in_turn", "two_probers", model, 0, ~0u);
		expect_faults("climbs", "probe_claim", model, 0, ~0u);
#ifndef OWNBENCH_SANITIZED /* plain stores are not seen */
		expect_faults("counts_tries", "two_removes", model, FAULT_REFUSAL, ~FAULT_REFUSAL);
#endif
	}
}

static void limits_are_kept_and_reported(void **state)
{
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_SC, .max_executions = 5};

	(void)state;
	run_scenario("mutex_count", "two_sides", &options, &result);
	assert_int_equal(result.executions, 5);
	assert_false(result.exhausted);
}

/* If no other thread can observe a loop, the loop is cut, and this is reported. */
static void private_loops_are_cut_and_reported(void **state)
{
	static const struct {
		const char *name;
		enum memory_model model;
	} loops[] = {{"fences_for_ever", MODEL_SC}, {"fences_for_ever", MODEL_TSO},
	    {"stores_for_ever", MODEL_SC}, {"stores_for_ever", MODEL_TSO}};
	static struct explore_result result;

	(void)state;
	for (size_t i = 0; i < sizeof(loops) / sizeof(loops[0]); i++) {
		const struct explore_options options = {.model = loops[i].model};

		run_scenario(loops[i].name, "probe_claim", &options, &result);
		if (!result.cut || result.exhausted)
			fail_msg("%s: %llu cut", loops[i].name, (unsigned long long)result.cut);
	}
}

static void wide_state_has_room(void **state)
{
	static const struct scenario alone = {"alone", "", {"probe:0 remove:0"}};
	const struct explore_options options = {.model = MODEL_SC};
	static struct explore_result result;
	struct error err;

	(void)state;
	assert_int_equal(explore(find_explored("stores_wide"), &alone, &options, &result, &err), 0);
	assert_int_equal(result.faults, 0);
	assert_true(result.exhausted);
}

static void refusals_are_reported(void **state)
{
	static const struct scenario much = {"much", "",
	    {"claimed claimed claimed claimed claimed claimed claimed claimed claimed", "probe:0"}};
	static const struct {
		const char *name;
		const struct scenario *scenario;
		const char *reason;
	} all[] = {
	    {"mutex_count", &much, "one thread runs more than 8 operations"},
	    {"locks_none", NULL, "the implementation locks a pointer that is not a device"},
	    {"relinks", NULL,
		"the implementation changes the device list, but no device comes or goes"},
	};
	const struct explore_options options = {.model = MODEL_SC};
	static struct explore_result result;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct scenario *s = all[i].scenario;
		struct error err = {.text = ""};
		char expected[256];

		if (!s)
			s = scenario_find(&explore_ownership, "two_removes");
		snprintf(expected, sizeof(expected), "%s cannot be explored in scenario %s: %s",
		    all[i].name, s->name, all[i].reason);
		assert_int_equal(
		    explore(find_explored(all[i].name), s, &options, &result, &err), -1);
		assert_string_equal(err.text, expected);
	}
}

/* These explorations end their process, so they run in a child process. */
static void crashes_end_only_their_exploration(void **state)
{
	/* Only designs that must hang have a short limit. On a busy machine, others might exceed it
	 * by chance. */
	static const struct {
		const char *name, *reason;
		double hangs; /* 0: the default */
	} all[] = {
#ifdef OWNBENCH_SANITIZED /* the sanitizer may report the fault itself and end the process */
	    {"deep", "deep ", 0},
#else
	    {"deep", "deep crashed in scenario probe_claim: ", 0},
#endif
	    {"exits", "exits ended its process with status 3 in scenario probe_claim", 0},
	    {"sleeps", "sleeps hangs in scenario probe_claim: an execution does not end", 0.5},
	};
	const struct scenario *s = scenario_find(&explore_ownership, "probe_claim");
	static struct explore_result result;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct explore_options options = {.model = MODEL_SC, .hangs = all[i].hangs};

		for (unsigned int processes = 1; processes <= 2; processes++) {
			struct error err = {.text = ""};

			if (!explore_parallel(find_explored(all[i].name), s, &options, processes,
				NULL, &result, &err) ||
			    strncmp(err.text, all[i].reason, strlen(all[i].reason)))
				fail_msg("%s was expected: '%s'", all[i].reason, err.text);
		}
	}
}

/* -- histories too large to judge -- */

/* A specification in which each order of operations leads to a different state. */
static bool order_matters(struct spec_state *state, const struct op *op, unsigned int forgiven)
{
	const uint64_t mixed = (state->cnt << 8 | state->owner) * 40503 + op->device;

	(void)forgiven;
	state->cnt = mixed >> 8 & 0xff;
	state->owner = mixed & 0xff;
	return true;
}

static bool any_result(const struct op *op)
{
	(void)op;
	return true;
}

/* In each round every thread runs one operation, and all of them overlap: none returns before all
 * have been called. */
static void all_at_once(struct machine *m, unsigned int rounds)
{
	m->n_threads = MAX_THREADS;
	for (int t = 0; t < MAX_THREADS; t++) {
		m->threads[t].id = t;
		m->threads[t].n_ops = rounds;
		for (unsigned int i = 0; i < rounds; i++) {
			struct op *op = &m->threads[t].ops[i];

			op->kind = SPEC_CLAIMED;
			op->device = (uint8_t)(7 * t + 1);
			op->call.index = (int16_t)(2 * i + 1);
			op->ret.index = (int16_t)(2 * i + 2);
			for (int u = 0; u < MAX_THREADS; u++) {
				op->call.clock[u] = (int16_t)(2 * i);
				op->ret.clock[u] = (int16_t)(2 * i + 1);
			}
		}
	}
}

static void too_many_states_are_reported(void **state)
{
	static const struct judging judging = {.allows = order_matters,
	    .knows = any_result,
	    .rows = {{0, 0, true}},
	    .otherwise = FAULT_RESULT};
	static struct machine m;

	(void)state;
	for (unsigned int rounds = 1; rounds <= 3; rounds += 2) {
		struct judge *j = judge_new(&judging, (struct spec_state){0});

		assert_non_null(j);
		all_at_once(&m, rounds);
		judge_faults(j, &m, false);
		assert_int_equal(judge_is_full(j), rounds == 3);
		judge_free(j);
	}
}

/* -- faults that one scenario alone shows -- */

/* Returns the faults that the scenario shows within `executions` executions. */
static unsigned int early_faults(const char *name, const char *scenario, uint64_t executions)
{
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_SC, .max_executions = executions};

	run_scenario(name, scenario, &options, &result);
	return result.faults;
}

static void long_scenarios_show_faults(void **state)
{
	static const struct {
		const char *name, *scenario; /* the beginning of the scenario's name */
		enum fault fault;
		uint64_t executions; /* about twice as many as needed */
	} all[] = {
	    {"second_look", "second_look_again", FAULT_CONFLICT, 40000},
	    {"single_surplus", "reprobe_sibling", FAULT_LEAK, 40000},
	    {"busted_single_release", "both_ways", FAULT_LEAK, 100},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
			const bool shown =
			    !strncmp(s->name, all[i].scenario, strlen(all[i].scenario));
			const unsigned int found =
			    early_faults(all[i].name, s->name, shown ? all[i].executions : 1000);

			if (shown ? !(found & all[i].fault) : found & WORST)
				fail_msg("%s, %s: faults 0x%x", all[i].name, s->name, found);
		}
}

/* -- the designs of the debate -- */

static void mutex_count_is_exact(void **state)
{
	(void)state;
	for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
		expect_faults("mutex_count", s->name, MODEL_SC, 0, ~0u);
		expect_faults("mutex_count", s->name, MODEL_TSO, 0, ~0u);
		expect_faults("mutex_count", s->name, MODEL_RC11, 0, ~0u);
	}
}

static void list_walk_leaks(void **state)
{
	/* Claim C3's leaks: two removes; a sibling whose probe fails in pinctrl; a sibling that is
	 * refused. */
	static const char *const schedules[] = {"two_removes", "pinctrl_fails", "refused"};

	(void)state;
	for (size_t i = 0; i < sizeof(schedules) / sizeof(schedules[0]); i++)
		expect_faults("list_walk", schedules[i], MODEL_SC, FAULT_LEAK, WORST & ~FAULT_LEAK);
	for (const struct scenario *s = explore_ownership.scenarios; s->name; s++)
		expect_faults("list_walk", s->name, MODEL_TSO, 0, WORST & ~FAULT_LEAK);
}

static void rcu_driver_is_cautious(void **state)
{
	(void)state;
	expect_faults("rcu_driver", "probe_claim", MODEL_SC, FAULT_REFUSAL, WORST);
	for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
		if (strcmp(s->name, "two_sides")) /* that scenario takes seconds */
			expect_faults("rcu_driver", s->name, MODEL_TSO, 0, WORST);
	}
}

/* -- the reduction -- */

static struct outcomes *find_outcomes(
    const char *name, const char *scenario, enum memory_model model, bool no_reduction)
{
	static struct explore_result result;
	struct outcomes *all = calloc(1, sizeof(*all));
	struct explore_options options = {
	    .model = model,
	    .no_reduction = no_reduction,
	    .outcome = note_outcome,
	    .outcome_arg = all,
	};

	run_scenario(name, scenario, &options, &result);
	assert_true(result.exhausted);
	sort_outcomes(all);
	return all;
}

/* Faults that do not depend on the order in time, so that both searches must find the same. The
 * verdict on a history depends on that order: with the reduction it covers all orders that are
 * equivalent for the threads, otherwise only the executed order. */
enum { AT_THE_END = FAULT_LEAK | FAULT_LOST | FAULT_DEADLOCK | FAULT_UNORDERED };

static void compare_searches(const char *name, const char *scenario, enum memory_model model)
{
	struct outcomes *reduced = find_outcomes(name, scenario, model, false);
	struct outcomes *every = find_outcomes(name, scenario, model, true);

	if (reduced->nr != every->nr || memcmp(reduced->text, every->text, sizeof(every->text)))
		fail_msg("%s, %s, %s: %u outcomes with, %u without the reduction", name, scenario,
		    model_name(model), reduced->nr, every->nr);
	if (explore_ownership.class_of(reduced->faults) !=
		explore_ownership.class_of(every->faults) ||
	    (reduced->faults ^ every->faults) & AT_THE_END)
		fail_msg("%s, %s, %s: faults 0x%x with, 0x%x without the reduction", name, scenario,
		    model_name(model), reduced->faults, every->faults);
	free(reduced);
	free(every);
}

static void reduction_loses_nothing(void **state)
{
	static const char *const impls[] = {"mutex_count", "list_walk", "rcu_driver",
	    "busted_unlocked_check", "busted_viability_walk", "dekker_bare", "dekker_fence"};
	static const char *const names[] = {"probe_claim", "two_removes", "two_claimers",
	    "pinctrl_fails", "probe_fails", "probe_fails_claim"};

	(void)state;
	for (size_t i = 0; i < sizeof(impls) / sizeof(impls[0]); i++) {
		for (size_t s = 0; s < sizeof(names) / sizeof(names[0]); s++) {
			compare_searches(impls[i], names[s], MODEL_SC);
			if (strcmp(impls[i], "rcu_driver") || !strcmp(names[s], "pinctrl_fails"))
				compare_searches(impls[i], names[s], MODEL_RC11);
			if (strcmp(impls[i], "rcu_driver")) /* millions of executions */
				compare_searches(impls[i], names[s], MODEL_TSO);
		}
	}
	for (size_t s = 0; s < sizeof(names) / sizeof(names[0]); s++) {
		compare_searches("dekker_membarrier", names[s], MODEL_SC);
		compare_searches("dekker_membarrier_no_release", names[s], MODEL_SC);
	}
	for (int i = 0; i < NR_MEMORY_MODELS; i++)
		compare_searches("waits_in_turn", "two_removes", (enum memory_model)i);
	compare_searches("dekker_membarrier", "probe_claim", MODEL_RC11);
	compare_searches("dekker_membarrier_no_release", "probe_claim", MODEL_RC11);
	compare_searches("packed_cas", "probe_claim", MODEL_RC11);
	compare_searches("fetch_add_exact", "two_claimers", MODEL_RC11);
	compare_searches("device_slots_unguarded", "two_claimers", MODEL_RC11);
	compare_searches("mutex_count", "two_probers", MODEL_SC);
	compare_searches("busted_no_grace_period", "probe_claim", MODEL_TSO);
	compare_searches("rcu_driver", "two_claimers", MODEL_TSO);
}

static void note_address(void *arg, const struct machine *m, unsigned int found)
{
	(void)found;
	*(const void **)arg = m->arena;
}

/* A second exploration must repeat the first. Addresses, which implementations hash, and static
 * variables must be as before, whatever else is in memory. */
static void expect_repeatable(const char *name, const char *scenario)
{
	static struct explore_result first, again;
	const void *was = NULL, *is = NULL;
	struct explore_options options = {
	    .model = MODEL_SC, .outcome = note_address, .outcome_arg = &was};
	void *held;

	run_scenario(name, scenario, &options, &first);
	/* Occupies the address of the first machine, unless the explorer fixes the address. */
	held = mmap(NULL, sizeof(struct machine), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	options.outcome_arg = &is;
	run_scenario(name, scenario, &options, &again);
	munmap(held, sizeof(struct machine));
	if (was != is || first.executions != again.executions || first.faults != again.faults ||
	    memcmp(first.examples, again.examples, sizeof(first.examples)))
		fail_msg("%s, %s: first at %p %llu executions, faults 0x%x, then at %p %llu, 0x%x",
		    name, scenario, was, (unsigned long long)first.executions, first.faults, is,
		    (unsigned long long)again.executions, again.faults);
}

static void an_exploration_repeats(void **state)
{
	(void)state;
	for (const struct explored *const *i = explored_ownership; *i; i++) {
		if ((*i)->about->class == CLASS_NONE)
			continue;
		expect_repeatable((*i)->name, "two_removes");
		expect_repeatable((*i)->name, "prober_two_claimers");
	}
	expect_repeatable("dekker_static", "probe_claim");
	expect_repeatable("dekker_static", "two_claimers");
}

static void note_stacks(void *arg, const struct machine *m, unsigned int found)
{
	void **stacks = arg;

	(void)found;
	for (int i = 0; i < m->n_threads; i++)
		stacks[i] = m->threads[i].stack;
}

/* A thread that is abandoned in the middle of an operation leaves frames behind. If their poison
 * stayed, AddressSanitizer would end the process when something else is mapped there. */
static void memory_of_stacks_can_be_used_again(void **state)
{
	static struct explore_result result;
	void *stacks[MAX_THREADS + 1] = {NULL};
	const struct explore_options options = {
	    .model = MODEL_SC, .outcome = note_stacks, .outcome_arg = stacks, .max_executions = 1};

	(void)state;
	run_scenario("keeps_lock", "query", &options, &result);
	assert_non_null(stacks[0]);
	for (void **stack = stacks; *stack; stack++) {
		void *memory = mmap(*stack, STACK_SIZE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

		assert_ptr_equal(memory, *stack);
		memset(memory, 0, STACK_SIZE);
		munmap(memory, STACK_SIZE);
	}
}

/* -- counterexamples -- */

/* Saves and reads the first example of this fault. Its replay must show this fault and no other. */
static void expect_replay(
    const char *name, const char *scenario, struct explore_options options, enum fault fault)
{
	static struct explore_result result;
	static struct example saved, loaded;
	char path[] = "/tmp/example-XXXXXX";
	unsigned int found;
	struct error err;

	close(mkstemp(path));
	run_scenario(name, scenario, &options, &result);
	saved = (struct example){.model = options.model,
	    .write_once = options.write_once,
	    .schedule = result.examples[__builtin_ctz(fault)]};
	snprintf(saved.family, sizeof(saved.family), "ownership");
	snprintf(saved.impl, sizeof(saved.impl), "%s", name);
	snprintf(saved.scenario, sizeof(saved.scenario), "%s", scenario);
	snprintf(saved.fault, sizeof(saved.fault), "%s", fault_name(fault));
	assert_int_equal(example_save(path, &saved, &err), 0);
	if (example_load(path, &loaded, &err))
		fail_msg("%s", err.text);
	assert_string_equal(loaded.family, "ownership");
	assert_string_equal(loaded.impl, name);
	assert_string_equal(loaded.scenario, scenario);
	assert_string_equal(loaded.fault, saved.fault);
	assert_int_equal(loaded.model, saved.model);
	assert_int_equal(loaded.write_once, saved.write_once);
	assert_int_equal(loaded.schedule.detail, saved.schedule.detail);
	assert_int_equal(loaded.schedule.n, saved.schedule.n);
	assert_memory_equal(loaded.schedule.procs, saved.schedule.procs, (size_t)saved.schedule.n);
	assert_memory_equal(loaded.schedule.picks, saved.schedule.picks, (size_t)saved.schedule.n);
	options = (struct explore_options){.model = loaded.model, .write_once = loaded.write_once};
	if (explore_replay(find_explored(name), scenario_find(&explore_ownership, scenario),
		&options, &loaded.schedule, NULL, &found, &err))
		fail_msg("%s", err.text);
	if (!(found & fault))
		fail_msg("%s, %s: 0x%x where %s was", name, scenario, found, saved.fault);
	unlink(path);
}

static void examples_replay(void **state)
{
	const struct explore_options sc = {.model = MODEL_SC}, tso = {.model = MODEL_TSO};
	const struct explore_options rc11 = {.model = MODEL_RC11};
	const struct explore_options once = {.model = MODEL_SC, .write_once = true};

	(void)state;
	expect_replay("list_walk", "two_removes", tso, FAULT_LEAK);
	expect_replay("abba", "probe_claim", sc, FAULT_DEADLOCK);
	expect_replay("abba", "probe_claim", sc, FAULT_LOCK_ORDER);
	expect_replay("busted_no_device_lock", "nested", sc, FAULT_NOT_HELD);
	expect_replay("dekker_bare", "probe_claim", tso, FAULT_CONFLICT);
	expect_replay("rcu_driver", "probe_claim", tso, FAULT_REFUSAL);
	expect_replay("rcu_driver", "probe_claim", once, FAULT_UNORDERED);
	expect_replay("dekker_membarrier_no_release", "probe_claim", sc, FAULT_UNORDERED);
	expect_replay("dekker_membarrier_no_release", "probe_claim", tso, FAULT_UNORDERED);
	expect_replay("dekker_bare", "probe_claim", rc11, FAULT_UNORDERED);
	expect_replay("dekker_membarrier_no_release", "probe_claim", rc11, FAULT_UNORDERED);
}

/* If the recorded schedule does not match, this is reported, and no other execution is run. */
static void examples_of_other_code_are_refused(void **state)
{
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_SC};
	unsigned int found;
	struct error err = {.text = ""};

	(void)state;
	run_scenario("list_walk", "two_removes", &options, &result);
	assert_int_not_equal(explore_replay(find_explored("dekker_fence"),
				 scenario_find(&explore_ownership, "two_removes"), &options,
				 &result.examples[__builtin_ctz(FAULT_LEAK)], NULL, &found, &err),
	    0);
	assert_non_null(strstr(err.text, "step "));
}

#define HEAD "ownbench counterexample 4\nfamily z\nimpl x\nscenario y\n"
#define BODY \
	HEAD "model sc\nfault leak\ndriver release\nsteps shared\nfreed nothing\nplain nothing\n"

static void malformed_examples_are_reported(void **state)
{
	static const struct {
		const char *text;
		unsigned int line;
		const char *reason;
	} bad[] = {
	    {"", 1, "not a counterexample"},
	    {"something else\n", 1, "not a counterexample"},
	    {"ownbench counterexample 3\nimpl x\n", 1, "not a counterexample"},
	    {"ownbench counterexample 4\nimpl x\n", 2, "family"},
	    {"ownbench counterexample 4\nfamily z\nimpl list_walk\n", 4,
		"expected 'scenario ...', found the end of the file"},
	    {"ownbench counterexample 4\nfamily z\nimpl \nscenario y\n", 3, "name"},
	    {HEAD "model pdp11\n", 5, "sc, tso or rc11"},
	    {HEAD "model sc\nfault averyveryverylongname\n", 6, "name"},
	    {HEAD "model sc\nfault leak\ndriver late\n", 7, "release or write-once"},
	    {HEAD "model sc\nfault leak\ndriver release\nsteps big\n", 8,
		"steps: expected shared, stores or work, found 'big'"},
	    {HEAD "model sc\nfault leak\ndriver release\nsteps work\nfreed 9999\n", 9,
		"found '9999'"},
	    {HEAD "model sc\nfault leak\ndriver release\nsteps work\nfreed 1\nplain some\n", 10,
		"found 'some'"},
	    {BODY "schedule 0 99\n", 11, "no such process: 99"},
	    {BODY "schedule 0 zero\n", 11, "schedule: expected a process number, found 'zero'"},
	    {BODY "schedule 0:99\n", 11, "no such pick: 99"},
	    {BODY "schedule \n", 11, "has no steps"},
	    {BODY "schedule 0 1\nmore\n", 12, "unexpected text after the schedule"},
	};
	static struct example example;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char path[] = "/tmp/example-XXXXXX", where[64];
		FILE *f = fdopen(mkstemp(path), "w");

		fputs(bad[i].text, f);
		fclose(f);
		if (example_load(path, &example, &err) == 0)
			fail_msg("accepted: %s", bad[i].text);
		snprintf(where, sizeof(where), "%s:%u: ", path, bad[i].line);
		if (strncmp(err.text, where, strlen(where)) || !strstr(err.text, bad[i].reason))
			fail_msg("%s%s was expected: %s", where, bad[i].reason, err.text);
		unlink(path);
	}
}

/* -- the explored driver core -- */

/* The operations of probe and remove in order, as letters. Lower case means that dev->driver was
 * NULL. */
static struct {
	char text[8];
	bool over;
} calls;

static void note_call(struct device *dev, char call)
{
	if (!atomic_load(&dev->driver))
		call |= 0x20;
	if (!calls.over)
		strncat(calls.text, (char[]){call, '\0'}, sizeof(calls.text) - 1);
}

static int noted_use(struct device *dev)
{
	note_call(dev, 'U');
	return 0;
}

static int noted_unuse(struct device *dev)
{
	note_call(dev, 'R');
	return 0;
}

static void noted_event(struct device *dev, enum bus_event event)
{
	note_call(dev, "BNX"[event]); /* bound, not bound, unbound */
}

static void add_to_none(struct group *group, struct device *dev)
{
	(void)group;
	(void)dev;
}

static int always_claim(struct group *group, void *owner)
{
	(void)group;
	(void)owner;
	return 0;
}

/* The explorer calls claimed() first after an execution, and then tries other operations. */
static bool never_claimed(struct group *group)
{
	(void)group;
	calls.over = true;
	return false;
}

static const struct impl_ops noted = {
    .device_add = add_to_none,
    .use_default_domain = noted_use,
    .unuse_default_domain = noted_unuse,
    .notify = noted_event,
    .group_claim = always_claim,
    .claimed = never_claimed,
};

static void note_measured(enum bus_fail fail, bool managed)
{
	struct driver drv = {.driver_managed_dma = managed};
	struct bus_device device = {.lock = PTHREAD_MUTEX_INITIALIZER};

	memset(&calls, 0, sizeof(calls));
	if (!bus_probe(&noted, &device.dev, &drv, fail, BUS_PATH_PROBE))
		bus_remove(&noted, &device.dev, BUS_PATH_PROBE);
}

static void note_explored(const char *thread)
{
	static const struct explored explored = {
	    .name = "noted", .family = &explore_ownership, .about = &noted.about, .ops = &noted};
	const struct scenario scenario = {"alone", "", {thread}};
	const struct explore_options options = {.model = MODEL_SC};
	static struct explore_result result;
	struct error err;

	memset(&calls, 0, sizeof(calls));
	assert_int_equal(explore(&explored, &scenario, &options, &result, &err), 0);
	assert_int_equal(result.executions, 1);
	assert_int_equal(result.faults, 0);
}

static void explored_core_is_the_measured_one(void **state)
{
	static const struct {
		const char *thread;
		enum bus_fail fail;
		bool managed;
		const char *calls;
	} cases[] = {
	    {"probe:0 remove:0", BUS_FAIL_NONE, false, "UBRx"},
	    {"probe-managed:0 remove:0", BUS_FAIL_NONE, true, "Bx"},
	    {"probe-pinctrl:0 remove:0", BUS_FAIL_PINCTRL, false, ""},
	    {"probe-fail:0 remove:0", BUS_FAIL_DRIVER, false, "UNR"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		note_measured(cases[i].fail, cases[i].managed);
		assert_string_equal(calls.text, cases[i].calls);
		note_explored(cases[i].thread);
		assert_string_equal(calls.text, cases[i].calls);
	}
}

static void scenarios_are_read(void **state)
{
	static const struct scenario bad[] = {
	    {"a", "", {"probe"}},
	    {"b", "", {"probe:9"}},
	    {"c", "", {"claim:C"}},
	    {"d", "", {"jump:0"}},
	    {"e", "", {"claim:0:A:B"}},
	    {"f", "", {NULL}},
	};
	struct script script;
	struct error err;

	(void)state;
	for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
		if (scenario_parse(&explore_ownership, s, &script, &err))
			fail_msg("%s: %s", s->name, err.text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (scenario_parse(&explore_ownership, &bad[i], &script, &err) == 0)
			fail_msg("accepted: %s", bad[i].threads[0]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scenarios_are_read),
	    cmocka_unit_test(explored_core_is_the_measured_one),
	    cmocka_unit_test(store_buffers),
	    cmocka_unit_test(messages),
	    cmocka_unit_test(mistakes_that_x86_hides),
	    cmocka_unit_test(modes_change),
	    cmocka_unit_test(unlocks_stay_in_the_store_buffer),
	    cmocka_unit_test(orders_hand_memory_over),
	    cmocka_unit_test(locks_in_two_orders),
	    cmocka_unit_test(lock_order_needs_no_deadlock),
	    cmocka_unit_test(locks_that_must_be_held),
	    cmocka_unit_test(correct_use_of_locks_is_not_reported),
	    cmocka_unit_test(partial_lock_orders_are_merged),
	    cmocka_unit_test(spinning_is_cut_and_reported),
	    cmocka_unit_test(waiting_loops_are_waits),
	    cmocka_unit_test(limits_are_kept_and_reported),
	    cmocka_unit_test(private_loops_are_cut_and_reported),
	    cmocka_unit_test(wide_state_has_room),
	    cmocka_unit_test(refusals_are_reported),
	    cmocka_unit_test(too_many_states_are_reported),
	    cmocka_unit_test(crashes_end_only_their_exploration),
	    cmocka_unit_test(long_scenarios_show_faults),
	    cmocka_unit_test(mutex_count_is_exact),
	    cmocka_unit_test(list_walk_leaks),
	    cmocka_unit_test(rcu_driver_is_cautious),
	    cmocka_unit_test(reduction_loses_nothing),
	    cmocka_unit_test(an_exploration_repeats),
	    cmocka_unit_test(memory_of_stacks_can_be_used_again),
	    cmocka_unit_test(examples_replay),
	    cmocka_unit_test(examples_of_other_code_are_refused),
	    cmocka_unit_test(malformed_examples_are_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
