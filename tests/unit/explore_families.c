/* SPDX-License-Identifier: MIT */
/* The explorer on the families lifetime and configure: each control is caught, each safe design
 * passes, and the reduction loses no faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/explore/configure/configure.h"
#include "harness/explore/example.h"
#include "harness/explore/explore.h"
#include "harness/explore/lifetime/lifetime.h"
#include "tests/unit/outcomes.h"

struct place {
	const struct explore_family *family;
	const struct explored *const *all;
};

static const struct place lifetime = {&explore_lifetime, explored_lifetime};
static const struct place configure = {&explore_configure, explored_configure};

static const struct explored *find_explored(const struct place *place, const char *name)
{
	const struct explored *impl = explored_find(place->all, name);

	if (!impl)
		fail_msg("%s is not built for the explorer", name);
	return impl;
}

static void run_scenario(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, struct explore_result *result)
{
	struct error err;

	if (!scenario)
		fail_msg("no such scenario");
	else if (explore(impl, scenario, options, result, &err))
		fail_msg("%s, %s: %s", impl->name, scenario->name, err.text);
}

static unsigned int faults_of(
    const struct explored *impl, const struct scenario *scenario, enum memory_model model)
{
	static struct explore_result result;
	const struct explore_options options = {.model = model, .max_executions = 5000};

	run_scenario(impl, scenario, &options, &result);
	return result.faults;
}

static unsigned int all_faults(const struct explored *impl)
{
	unsigned int found = 0;

	for (const struct scenario *s = impl->family->scenarios; s->name; s++)
		for (int m = 0; m < NR_MEMORY_MODELS; m++)
			found |= faults_of(impl, s, (enum memory_model)m);
	return found;
}

/* -- which faults are found in which designs -- */

static void safe_designs_pass(const struct place *place)
{
	unsigned int nr = 0;

	for (const struct explored *const *i = place->all; *i; i++) {
		if ((*i)->about->class != CLASS_SAFE)
			continue;
		nr++;
		if (all_faults(*i))
			fail_msg("%s: faults 0x%x", (*i)->name, all_faults(*i));
	}
	assert_true(nr >= 4);
}

static void safe_lifetimes_pass(void **state)
{
	(void)state;
	safe_designs_pass(&lifetime);
}

static void safe_configures_pass(void **state)
{
	(void)state;
	safe_designs_pass(&configure);
}

static const struct {
	const struct place *place;
	const char *name, *scenario;
	enum memory_model model;
	unsigned int has, has_not;
} controls[] = {
    {&lifetime, "module_ref", "user_unbind", MODEL_SC, FAULT_DEAD | FAULT_LATE, 0},
    {&lifetime, "busted_forgotten_wait", "user_unbind", MODEL_SC, FAULT_DEAD | FAULT_LATE, 0},
    {&lifetime, "busted_no_recheck", "user_unbind", MODEL_SC, FAULT_DEAD, 0},
    {&lifetime, "busted_put_before_use", "user_unbind", MODEL_SC, FAULT_DEAD, 0},
    /* This fault needs store buffers. */
    {&lifetime, "busted_no_fence", "user_unbind", MODEL_SC, 0, ~0u},
    {&lifetime, "busted_no_fence", "user_unbind", MODEL_TSO, FAULT_DEAD, 0},
    /* This fault shows only in happens-before, not in results or in the order in time. */
    {&lifetime, "busted_relaxed_put", "user_unbind", MODEL_TSO, FAULT_UNORDERED,
	~(FAULT_UNORDERED | FAULT_RACE)},
    /* The use is late, but the memory has not yet been freed. */
    {&lifetime, "busted_unlocked_check", "user_unbind", MODEL_SC, FAULT_LATE, FAULT_DEAD},
#ifndef OWNBENCH_SANITIZED /* in these builds the explorer does not see plain accesses */
    /* Only plain loads use the freed memory. */
    {&lifetime, "busted_read_after_put", "user_unbind", MODEL_SC, FAULT_DEAD,
	~(FAULT_DEAD | FAULT_RACE)},
    {&lifetime, "busted_read_after_put", "user_unbind", MODEL_RC11, FAULT_DEAD,
	~(FAULT_DEAD | FAULT_RACE)},
#endif
    /* This fault shows only if an address is reused, as in the same_place scenarios: see
     * addresses_come_back(). */
    {&lifetime, "busted_gone_by_address", "user_rebind", MODEL_TSO, 0, ~0u},
    {&lifetime, "busted_gone_by_address", "same_place", MODEL_SC, FAULT_LOST, FAULT_DEAD},
    {&lifetime, "busted_gone_by_address", "same_place_stale", MODEL_TSO, FAULT_LOST, FAULT_DEAD},
    {&configure, "unlocked", "by_hand", MODEL_SC, FAULT_TWO_STATES | FAULT_LOST, 0},
    {&configure, "unlocked", "three_probes", MODEL_TSO, 0, ~0u},
    {&configure, "device_lock_asserted", "steal", MODEL_SC, FAULT_NOT_HELD | FAULT_TWO_STATES, 0},
    {&configure, "device_lock_asserted", "fixup", MODEL_TSO, 0, ~0u},
    {&configure, "busted_check_outside", "by_hand", MODEL_SC, FAULT_TWO_STATES, 0},
    {&configure, "busted_early_publish", "by_hand", MODEL_SC, FAULT_INCOMPLETE, FAULT_TWO_STATES},
    {&configure, "busted_no_wait", "by_hand", MODEL_SC, FAULT_TWO_STATES | FAULT_UNORDERED, 0},
};

static void controls_are_caught(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++) {
		const struct explored *impl = find_explored(controls[i].place, controls[i].name);
		unsigned int found = faults_of(
		    impl, scenario_find(impl->family, controls[i].scenario), controls[i].model);

		if ((found & controls[i].has) != controls[i].has || found & controls[i].has_not)
			fail_msg("%s, %s: faults 0x%x, must have 0x%x and not 0x%x",
			    controls[i].name, controls[i].scenario, found, controls[i].has,
			    controls[i].has_not);
	}
}

/* Returns whether the fault of a control shows in this build. In sanitizers' builds the explorer
 * does not see plain accesses. */
static bool is_visible(const struct explored *impl)
{
#ifdef OWNBENCH_SANITIZED
	return strcmp(impl->name, "busted_read_after_put") != 0;
#else
	(void)impl;
	return true;
#endif
}

static void no_control_is_forgotten(void **state)
{
	const struct place *const places[] = {&lifetime, &configure};

	(void)state;
	for (int p = 0; p < 2; p++) {
		for (const struct explored *const *i = places[p]->all; *i; i++)
			if ((*i)->about->class == CLASS_UNSAFE && is_visible(*i) && !all_faults(*i))
				fail_msg("%s is not caught", (*i)->name);
	}
}

/* One thread adds the device, the other waits for it, in either order. */
static void adding_and_awaiting_are_steps(void **state)
{
	static const struct scenario adds = {"adds", "", {"add", "await"}};
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_SC};

	(void)state;
	run_scenario(find_explored(&configure, "global_mutex"), &adds, &options, &result);
	assert_true(result.exhausted);
	assert_int_equal(result.executions, 2);
}

/* An unbind may wait for a thread that has a reference, but need not. It must not wait for a thread
 * that has put its reference. */
static void waiting_for_a_holder_is_no_fault(void **state)
{
	static const struct scenario keeps = {"keeps", "", {"get use", "unbind"}};

	(void)state;
	assert_int_equal(faults_of(find_explored(&lifetime, "refcount"), &keeps, MODEL_SC), 0);
	assert_int_equal(faults_of(find_explored(&lifetime, "kref_gone"), &keeps, MODEL_SC), 0);
	assert_int_equal(faults_of(find_explored(&lifetime, "mutex"), &keeps, MODEL_SC), 0);
}

static const struct explored *find_toy(const char *name)
{
	extern const struct explored *const explored_lifetime_toys[];
	extern const struct explored *const explored_configure_toys[];
	const struct explored *impl = explored_find(explored_lifetime_toys, name);

	if (!impl)
		impl = explored_find(explored_configure_toys, name);
	assert_non_null(impl);
	return impl;
}

/* Toys with faults that no negative control in impl/ has, each with another kind of fault. */
static void every_kind_of_fault_is_found(void **state)
{
	static const struct {
		const char *name, *scenario;
		unsigned int has;
	} toys[] = {
	    {"waits_for_nobody", "user_unbind", FAULT_DEADLOCK},
	    {"never_frees", "user_unbind", FAULT_LEAK},
	    {"refuses", "two_users", FAULT_REFUSAL},
	    {"stays_gone", "user_rebind", FAULT_LOST},
	    {"grants", "look", FAULT_GRANTED},
	    {"frees_twice", "user_unbind", FAULT_DEAD},
	    {"late_state", "user_unbind", FAULT_DEAD},
	    {"hangs_at_rest", "user_unbind", FAULT_DEADLOCK},
	    {"odd_result", "user_unbind", FAULT_RESULT},
	    {"uses_nothing", "user_unbind", FAULT_RESULT},
	    {"wide", "first_bind_unbind", FAULT_DEAD},
	    {"fills_none", "probes", FAULT_DEAD},
	    {"discards_none", "probes", FAULT_DEAD},
	    {"discards_early", "probes", FAULT_DEAD},
	    {"discards_twice", "probes", FAULT_DEAD},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(toys) / sizeof(toys[0]); i++) {
		const struct explored *impl = find_toy(toys[i].name);
		unsigned int found =
		    faults_of(impl, scenario_find(impl->family, toys[i].scenario), MODEL_SC);

		if (!(found & toys[i].has))
			fail_msg(
			    "%s: faults 0x%x, must have 0x%x", toys[i].name, found, toys[i].has);
	}
}

/* In scenarios where no address is reused, this control shows no fault. */
static void addresses_come_back(void **state)
{
	const struct explored *impl = find_explored(&lifetime, "busted_gone_by_address");

	(void)state;
	for (const struct scenario *s = impl->family->scenarios; s->name; s++) {
		const bool same = !strncmp(s->name, "same_place", strlen("same_place"));
		const unsigned int found =
		    faults_of(impl, s, MODEL_SC) | faults_of(impl, s, MODEL_TSO);

		if (found && !same)
			fail_msg("%s: faults 0x%x", s->name, found);
	}
	assert_int_equal(all_faults(find_toy("new_each_time")), 0);
}

/* Each thread has a hazard pointer, even in setup and during the queries at the end. */
static void hazard_pointers_exist_at_rest(void **state)
{
	static const struct scenario keeps = {"keeps", "", {"get use", "get put", "unbind"}};
	const struct explored *impl = find_toy("names_in_get");

	(void)state;
	assert_int_equal(all_faults(impl), 0);
	assert_int_equal(faults_of(impl, &keeps, MODEL_TSO), 0);
}

static void waiting_in_setup_is_reported(void **state)
{
	const struct explored *impl = find_toy("hangs_in_setup");
	const struct explore_options options = {.model = MODEL_SC};
	static struct explore_result result;
	struct error err;

	(void)state;
	assert_int_equal(
	    explore(impl, scenario_find(impl->family, "user_unbind"), &options, &result, &err), -1);
	assert_string_equal(err.text, "hangs_in_setup waits forever in its setup");
}

/* If an implementation cannot be explored, this is reported as an error, not as a fault. */
static void refusals_are_reported(void **state)
{
	static const struct {
		const char *name, *scenario, *reason;
	} toys[] = {
	    {"sets_up_early", "probes",
		"sets_up_early cannot be explored in scenario probes: the implementation uses a "
		"state outside of a touch (fill, in line 11 of "},
	    {"tries_often", "by_hand",
		"tries_often cannot be explored in scenario by_hand: one thread sets up more than "
		"4 states"},
	    {"many_statics", "look",
		"many_statics cannot be explored in scenario look: the implementation has more "
		"than 64 objects outside of its state"},
	    {"large", "look",
		"large cannot be explored in scenario look: the implementation has more than 4096 "
		"bytes of state"},
	    {"allocates", "look",
		"allocates cannot be explored in scenario look: the implementation allocates "
		"memory in an operation; only its setup may allocate"},
	    {"uses_often", "often",
		"uses_often cannot be explored in scenario often: one thread uses services "
		"more than 12 times"},
	};
	static const struct scenario often = {
	    "often", "", {"get use use use use use put", "unbind"}};
	static struct explore_result result;
	const struct explore_options options = {.model = MODEL_TSO};

	(void)state;
	for (size_t i = 0; i < sizeof(toys) / sizeof(toys[0]); i++) {
		const struct explored *impl = find_toy(toys[i].name);
		const struct scenario *s = scenario_find(impl->family, toys[i].scenario);
		struct error err = {.text = ""};

		if (!explore(impl, s ? s : &often, &options, &result, &err) ||
		    strncmp(err.text, toys[i].reason, strlen(toys[i].reason)))
			fail_msg("%s was expected: '%s'", toys[i].reason, err.text);
	}
}

static void too_many_locks_are_reported(void **state)
{
	const struct explored *impl = find_toy("many_locks");
	const struct explore_options options = {.model = MODEL_SC};
	static struct explore_result result, merged;

	(void)state;
	run_scenario(impl, scenario_find(impl->family, "user_unbind"), &options, &result);
	assert_true(result.locks.full);
	assert_false(result.exhausted);
	run_scenario(find_explored(&lifetime, "mutex"),
	    scenario_find(&explore_lifetime, "user_unbind"), &options, &merged);
	assert_true(merged.exhausted);
	explore_merge(impl, &merged, &result);
	assert_false(merged.exhausted);
}

/* -- the reduction -- */

/* Explores the scenario and returns its outcomes, or NULL if the search exceeds max_executions. */
static struct outcomes *find_outcomes(const struct explored *impl, const struct scenario *scenario,
    enum memory_model model, bool no_reduction)
{
	static struct explore_result result;
	struct outcomes *all = calloc(1, sizeof(*all));
	struct explore_options options = {.model = model,
	    .no_reduction = no_reduction,
	    .max_executions = 30000,
	    .outcome = note_outcome,
	    .outcome_arg = all};

	run_scenario(impl, scenario, &options, &result);
	sort_outcomes(all);
	if (result.exhausted)
		return all;
	free(all);
	return NULL;
}

/* Checks that the reduced search finds the same outcomes and faults as the full one. Returns false
 * if the full search exceeds max_executions. */
static bool compare_searches(
    const struct explored *impl, const struct scenario *scenario, enum memory_model model)
{
	struct outcomes *every = find_outcomes(impl, scenario, model, true), *reduced;

	if (!every)
		return false;
	reduced = find_outcomes(impl, scenario, model, false);
	assert_non_null(reduced);
	if (reduced->nr != every->nr || memcmp(reduced->text, every->text, sizeof(every->text)))
		fail_msg("%s, %s, %s: %u outcomes with, %u without the reduction", impl->name,
		    scenario->name, model_name(model), reduced->nr, every->nr);
	if (reduced->faults != every->faults)
		fail_msg("%s, %s, %s: faults 0x%x with, 0x%x without the reduction", impl->name,
		    scenario->name, model_name(model), reduced->faults, every->faults);
	free(reduced);
	free(every);
	return true;
}

static void compare_all(const struct place *place, const char *const *names, unsigned int at_least)
{
	unsigned int nr = 0;

	for (const struct explored *const *i = place->all; *i; i++) {
		for (int n = 0; names[n]; n++) {
			const struct scenario *s = scenario_find(place->family, names[n]);

			nr += compare_searches(*i, s, MODEL_SC);
			nr += compare_searches(*i, s, MODEL_TSO);
			nr += compare_searches(*i, s, MODEL_RC11);
		}
	}
	if (nr < at_least)
		fail_msg("%u comparisons", nr);
}

static void reduction_loses_nothing(void **state)
{
	static const char *const lifetimes[] = {"user_unbind", "first_bind_unbind", "user_rebind",
	    "stale", "look", "same_place", "same_place_stale", NULL};
	static const char *const configures[] = {"steal", "by_hand", "probes", "platform", NULL};

	(void)state;
	compare_all(&lifetime, lifetimes, 30);
	compare_all(&configure, configures, 50);
}

/* -- counterexamples and scenarios -- */

/* Saves and reads each fault that a control shows. Its replay must show the fault again. */
static void replay_all(const struct explored *impl, const struct scenario *scenario)
{
	static struct explore_result result;
	static struct example saved, loaded;
	const struct explore_options options = {.model = MODEL_TSO};
	struct error err;

	run_scenario(impl, scenario, &options, &result);
	assert_true(result.faults);
	for (int fault = 0; fault < MAX_FAULTS; fault++) {
		char path[] = "/tmp/example-XXXXXX";
		unsigned int found;

		if (!result.examples[fault].n)
			continue;
		close(mkstemp(path));
		saved = (struct example){.model = MODEL_TSO, .schedule = result.examples[fault]};
		snprintf(saved.family, sizeof(saved.family), "%s", impl->family->name);
		snprintf(saved.impl, sizeof(saved.impl), "%s", impl->name);
		snprintf(saved.scenario, sizeof(saved.scenario), "%s", scenario->name);
		snprintf(
		    saved.fault, sizeof(saved.fault), "%s", fault_name((enum fault)(1u << fault)));
		if (example_save(path, &saved, &err) || example_load(path, &loaded, &err))
			fail_msg("%s", err.text);
		assert_string_equal(loaded.family, impl->family->name);
		if (explore_replay(impl, scenario, &options, &loaded.schedule, NULL, &found, &err))
			fail_msg("%s", err.text);
		if (!(found & 1u << fault))
			fail_msg("%s, %s: 0x%x where %s was", impl->name, scenario->name, found,
			    saved.fault);
		unlink(path);
	}
}

static void examples_replay(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++) {
		const struct explored *impl = find_explored(controls[i].place, controls[i].name);

		if (controls[i].has)
			replay_all(impl, scenario_find(impl->family, controls[i].scenario));
	}
	replay_all(find_toy("wide"), scenario_find(&explore_lifetime, "first_bind_unbind"));
}

static void scenarios_are_read(void **state)
{
	static const struct {
		const struct explore_family *family;
		struct scenario scenario;
		const char *reason;
	} bad[] = {
	    {&explore_lifetime, {"a", "", {"get probe:0"}}, "no such step: probe:0 (must be get"},
	    {&explore_lifetime, {"b", "", {"get:0"}}, "no such step: get:0"},
	    {&explore_lifetime, {"c", "", {"unbind", "bind"}},
		"only one thread may bind and unbind"},
	    {&explore_lifetime, {"c", "", {"unbind", "rebind"}},
		"only one thread may bind and unbind"},
	    {&explore_lifetime, {"d", "", {"get use put get use put get use put"}},
		"at most 8 steps"},
	    {&explore_lifetime, {"e", "", {"unbind bind unbind bind unbind bind bind bind"}},
		"at most 3 binds"},
	    {&explore_lifetime, {"f", "", {NULL}}, "needs at least one thread"},
	    {&explore_configure, {"g", "", {"touch get"}}, "no such step: get (must be touch"},
	    {&explore_configure, {"h", "", {"touch fixup fixup"}},
		"a thread may touch at most 4 times"},
	};
	struct script script;
	struct error err;

	(void)state;
	for (const struct scenario *s = explore_lifetime.scenarios; s->name; s++)
		assert_int_equal(scenario_parse(&explore_lifetime, s, &script, &err), 0);
	for (const struct scenario *s = explore_configure.scenarios; s->name; s++)
		assert_int_equal(scenario_parse(&explore_configure, s, &script, &err), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err.text[0] = 0;
		if (!scenario_parse(bad[i].family, &bad[i].scenario, &script, &err) ||
		    !strstr(err.text, bad[i].reason))
			fail_msg("%s was expected: '%s'", bad[i].reason, err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scenarios_are_read),
	    cmocka_unit_test(safe_lifetimes_pass),
	    cmocka_unit_test(safe_configures_pass),
	    cmocka_unit_test(controls_are_caught),
	    cmocka_unit_test(no_control_is_forgotten),
	    cmocka_unit_test(adding_and_awaiting_are_steps),
	    cmocka_unit_test(waiting_for_a_holder_is_no_fault),
	    cmocka_unit_test(every_kind_of_fault_is_found),
	    cmocka_unit_test(addresses_come_back),
	    cmocka_unit_test(hazard_pointers_exist_at_rest),
	    cmocka_unit_test(waiting_in_setup_is_reported),
	    cmocka_unit_test(refusals_are_reported),
	    cmocka_unit_test(too_many_locks_are_reported),
	    cmocka_unit_test(reduction_loses_nothing),
	    cmocka_unit_test(examples_replay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
