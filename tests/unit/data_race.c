/* SPDX-License-Identifier: MIT */
/* The explorer judges plain accesses by happens-before, under every memory model. Racing accesses
 * become scheduling points, so that their wrong results are found, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/data_race.h"
#include "harness/explore/example.h"
#include "harness/explore/explore.h"
#include "tests/unit/explored.h"

static const struct explore_result *explore_scenario(
    const char *name, const char *scenario, const struct explore_options *options)
{
	static struct explore_result result;
	struct error err;

	if (explore(find_explored(name), scenario_find(&explore_ownership, scenario), options,
		&result, &err))
		fail_msg("%s, %s: %s", name, scenario, err.text);
	return &result;
}

/* `first` and `second` are the source lines of the two accesses, in any order. */
static void expect_places(
    const char *name, const struct data_race *race, const char *first, const char *second)
{
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	data_race_print(f, race);
	fclose(f);
	if (!strstr(text, first) || !strstr(text, second))
		fail_msg("%s: not '%s' and '%s' but: %s", name, first, second, text);
	free(text);
}

static void races_are_reported_with_both_places(void **state)
{
	static const struct {
		const char *name, *scenario;
		unsigned int more; /* faults that the race can cause; one must be found */
		const char *first, *second;
	} all[] = {
	    {"busted_owner_after_unlock", "two_claimers", FAULT_UNPAIRED, "  g->owner = NULL;",
		"  g->owner = owner;"},
	    {"busted_flag_after_unlock", "two_probers", FAULT_UNORDERED,
		"  walked(dev)->owns = true;", "  if (walked(dev)->owns)"},
	    {"busted_early_ready", "two_removes", FAULT_REFUSAL, "  g->domain = group;",
		"  return g->domain;"},
	    {"busted_unlocked_query", "query", 0, "  g->owner_cnt",
		"  return mutex_count(group)->owner_cnt > 0;"},
	    {"busted_no_device_lock", "nested", FAULT_NOT_HELD, "  d->configured = true;",
		"  if (!d->configured)"},
	    {"relaxed_ready", "two_removes", 0, "  more->domain = g;",
		"  } else if (!more->domain) {"},
	    {"shared_bits", "probe_claim", 0, "->probed = true;", "->claimed = true;"},
	    {"mixed_stores", "probe_claim", 0, "atomic_fetch_add_explicit(count, 1",
		"  return *total(group) > 100"},
	    {"static_total", "two_removes", 0, "  if (static_total++ >= 4)",
		"  if (static_total++ >= 4)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		for (int model = 0; model < NR_MEMORY_MODELS; model++) {
			const struct explore_options o = {.model = (enum memory_model)model};
			const struct explore_result *r =
			    explore_scenario(all[i].name, all[i].scenario, &o);

			if (!(r->faults & FAULT_RACE) ||
			    (all[i].more && !(r->faults & all[i].more)) ||
			    (!all[i].more && r->faults != FAULT_RACE))
				fail_msg("%s, %s: faults 0x%x", all[i].name, model_name(o.model),
				    r->faults);
			assert_int_equal(r->class, CLASS_UNSAFE);
			assert_true(r->exhausted);
			expect_places(all[i].name, &r->race, all[i].first, all[i].second);
		}
	}
}

/* A data race is not lost if the exploration restarts and then has no time to find it again. */
static void a_race_survives_the_restart(void **state)
{
	const struct explore_options o = {.model = MODEL_SC, .max_executions = 1};
	const struct explore_result *r = explore_scenario("busted_unlocked_query", "query", &o);

	(void)state;
	assert_int_equal(r->executions, 1);
	assert_true(r->faults & FAULT_RACE);
	assert_true(r->race.found);
}

static void waiting_for_a_plain_object_is_reported(void **state)
{
	const struct explore_options o = {.model = MODEL_SC};
	const struct explore_result *r = explore_scenario("spins_plain", "probe_claim", &o);

	(void)state;
	assert_true(r->faults & FAULT_RACE);
}

/* -- counterexamples -- */

static unsigned int plain_steps;

static void count_plain_steps(struct machine *m, int proc, const struct access *a, uint64_t value)
{
	(void)m;
	(void)proc;
	(void)value;
	if (a->kind != ACCESS_PLAIN_LOAD && a->kind != ACCESS_PLAIN_STORE)
		return;
	plain_steps++;
	assert_non_null(strstr(a->site->file, "early_ready.c"));
	assert_true(a->site->line > 0);
}

/* A counterexample lists plain accesses as steps, with their source lines. */
static void races_replay(void **state)
{
	static const enum fault faults[] = {FAULT_RACE, FAULT_REFUSAL};
	static struct example saved, loaded;
	const char *path = "race.example";
	struct error err;

	(void)state;
	for (int model = 0; model < NR_MEMORY_MODELS; model++) {
		const struct explore_options o = {.model = (enum memory_model)model};
		const struct explore_result *r =
		    explore_scenario("busted_early_ready", "two_removes", &o);

		for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
			unsigned int found;

			saved = (struct example){.family = "ownership",
			    .impl = "busted_early_ready",
			    .scenario = "two_removes",
			    .model = o.model,
			    .fault = "any",
			    .schedule = r->examples[__builtin_ctz(faults[i])]};
			assert_int_equal(example_save(path, &saved, &err), 0);
			if (example_load(path, &loaded, &err))
				fail_msg("%s", err.text);
			remove(path);
			assert_memory_equal(loaded.schedule.plain, saved.schedule.plain,
			    sizeof(saved.schedule.plain));
			plain_steps = 0;
			if (explore_replay(find_explored("busted_early_ready"),
				scenario_find(&explore_ownership, "two_removes"), &o,
				&loaded.schedule, count_plain_steps, &found, &err))
				fail_msg("%s", err.text);
			assert_true(found & faults[i]);
			assert_true(plain_steps > 0 || faults[i] == FAULT_RACE);
		}
	}
}

/* Locks, read-side sections, membarrier, fences and release sequences order the plain accesses of
 * correct designs. */
static void correct_designs_have_no_race(void **state)
{
	(void)state;
	for (const struct explored *const *i = explored_ownership; *i; i++) {
		for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
			for (int model = 0; model < NR_MEMORY_MODELS; model++) {
				const struct explore_options o = {
				    .model = (enum memory_model)model, .max_executions = 100};
				const struct explore_result *r;

				if ((*i)->about->class >= CLASS_UNSAFE)
					continue;
				r = explore_scenario((*i)->name, s->name, &o);
				if (!(r->faults & FAULT_RACE))
					continue;
				data_race_print(stderr, &r->race);
				fail_msg("%s, %s, %s: a data race", (*i)->name, s->name,
				    model_name(o.model));
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(races_are_reported_with_both_places),
	    cmocka_unit_test(a_race_survives_the_restart),
	    cmocka_unit_test(waiting_for_a_plain_object_is_reported),
	    cmocka_unit_test(races_replay),
	    cmocka_unit_test(correct_designs_have_no_race),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
