/* SPDX-License-Identifier: MIT */
/* C14: unbinding a driver while users hold a reference to its module. */
#include <inttypes.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/measure/race_count.h"

/* Runs one-shot races of a user against an unbind. Returns the sum over all kinds of race. */
static int race_unbind(const char *impl, double seconds, struct race_count *sum, struct error *err)
{
	const struct experiment_run run = {.family = "lifetime", .impl = impl, .duration = seconds};

	return experiment_races(&run, sum, err);
}

/* Control: runs the same races on designs whose unbind waits for users. A fault found there is a
 * bug of this experiment. */
static int race_others(double seconds, struct claim_result *result, struct error *err)
{
	static const char *const safe[] = {"refcount", "revocable<ck_epoch>"};

	for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++) {
		struct race_count sum;

		if (race_unbind(safe[i], seconds, &sum, err))
			return -1;
		if (sum.conflicts || sum.lost)
			return error_set(err,
			    "%s is declared safe, but the experiment found uses of freed memory in "
			    "it",
			    safe[i]);
		claim_figure(result,
		    "%s, whose unbind waits for users: no use after free in %" PRIu64 " races",
		    safe[i], sum.trials);
	}
	return 0;
}

/* Explores scenarios of users and an unbind: in module_ref, and as a control in designs whose
 * unbind waits for users. */
static int explore_all(double seconds, struct experiment_search *pinned,
    struct claim_result *result, struct error *err)
{
	static const char *const scenarios[] = {"user_unbind", "two_users", "uses", NULL};
	static const char *const safe[] = {"refcount", "revocable"};
	struct experiment_search waits = {.exhausted = true};

	if (experiment_explore_family(
		"lifetime", "module_ref", scenarios, seconds / 2, pinned, err))
		return -1;
	for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++) {
		if (experiment_explore_family(
			"lifetime", safe[i], scenarios, seconds / 4, &waits, err))
			return -1;
		if (waits.faults)
			return error_set(err,
			    "%s is declared safe, but the explorer found a fault in it", safe[i]);
	}
	claim_figure(result,
	    "the explorer found %s in %" PRIu64
	    " executions of module_ref, and no fault in %" PRIu64
	    " executions%s of designs whose unbind waits for users",
	    pinned->faults & FAULT_DEAD ? "a use after free" : "no use after free",
	    pinned->executions, waits.executions, waits.exhausted ? " (exhaustive)" : "");
	return 0;
}

static int race_pinned(double seconds, size_t nr, struct rate_runs *dead,
    struct claim_result *result, struct error *err)
{
	const struct experiment_run run = {
	    .family = "lifetime", .impl = "module_ref", .duration = seconds};
	struct race_count each[RATE_RUNS];

	if (experiment_race_runs(&run, nr, ALL_RACES, each, err))
		return -1;
	for (size_t i = 0; i < nr; i++)
		rate_add(dead, each[i].conflicts, each[i].trials);
	claim_rate(result, dead, "uses after free per million races");
	claim_figure(result,
	    "%" PRIu64 " uses of a freed service in %" PRIu64
	    " races between a user that holds a module reference and an unbind: %s",
	    dead->events, dead->trials, rate_text(dead).s);
	if (each[0].conflicts && each[0].first > 0)
		claim_figure(
		    result, "the first use after free was seen after %.3g s", each[0].first);
	return 0;
}

static int run_c14(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	struct experiment_search search = {.exhausted = true};
	struct rate_runs dead = {0};

	if (race_pinned(options->seconds / 2, claim_runs(options), &dead, result, err) ||
	    race_others(options->seconds / 8, result, err) ||
	    explore_all(options->seconds / 8, &search, result, err))
		return -1;
	result->verdict = rule_witness(
	    dead.events + !!(search.faults & FAULT_DEAD), false, CLAIM_CONFIRMED, CLAIM_REFUTED);
	claim_undecided(
	    result, "two otherwise idle CPUs: no fault was seen in %" PRIu64 " races", dead.trials);
	return 0;
}

const struct claim claim_c14 = {
    .id = "C14",
    .text = "A module reference does not prevent unbind while in use",
    .where = MAIL_WILLIAMS_2019_11_22,
    .rule = "Confirmed if a user that holds a module reference uses a service that unbind has "
	    "freed, even once, in a race or in an explored execution. Undecided if none is "
	    "seen. " CLAIM_RATE_RULE,
    .command = "ownbench run --family=lifetime --check=race --impl=module_ref --duration=5 "
	       "--repetitions=1",
    .run = run_c14,
};
