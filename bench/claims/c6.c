/* SPDX-License-Identifier: MIT */
/* C6: the unlocked store to dev->driver, and the walk that reads it under the mutex. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "bench/claims/litmus.h"

/* The designs to explore. The first two walk in a remove: list_walk before the pointer is cleared,
 * busted_walk_after_clear afterwards. The last two walk in a claim. */
static const char *const designs[] = {
    "list_walk", "busted_walk_after_clear", "viability_walk_locked", "rcu_driver"};
enum { NR_DESIGNS = sizeof(designs) / sizeof(designs[0]) };

static const char *const removers[] = {"two_removes", NULL};
static const char *const handovers[] = {"probe_claim", "two_probers", "reprobe", NULL};

struct finds {
	/* Search for two removers that miss each other's store. */
	struct experiment_search missed;
	/* Search for a next owner that is not ordered after the remover, with a release store ([0])
	 * and with WRITE_ONCE() ([1]). */
	struct experiment_search handed[2];
};

static int explore_all(struct finds *finds, double seconds, struct error *err)
{
	for (int i = 0; i < NR_DESIGNS; i++) {
		struct finds *f = &finds[i];

		f->missed.exhausted = f->handed[0].exhausted = f->handed[1].exhausted = true;
		if (experiment_explore(designs[i], removers, true, seconds, &f->missed, err) ||
		    experiment_explore(designs[i], handovers, false, seconds, &f->handed[0], err) ||
		    experiment_explore(designs[i], handovers, true, seconds, &f->handed[1], err))
			return -1;
	}
	return 0;
}

/* Stresses a design on this machine, too. A CPU may order more than WRITE_ONCE() requires, as x86
 * does, so the absence of conflicts proves little. */
static int stress_walk(double seconds, struct claim_result *result, struct error *err)
{
	const struct experiment_run run = {.impl = "viability_walk_locked", .duration = seconds};
	struct race_count sum;

	if (experiment_races(&run, &sum, err))
		return -1;
	claim_figure(result,
	    "stress of viability_walk_locked on this machine: %" PRIu64 " conflicts in %" PRIu64
	    " one-shot races",
	    sum.conflicts, sum.trials);
	return 0;
}

/* Runs the litmus test with the store before the lock. As a control, also runs it with the store
 * after the unlock, where misses are possible. If the control sees no miss, the test proves
 * nothing. */
static int run_litmus(
    double seconds, struct claim_result *result, uint64_t *missed, struct error *err)
{
	struct litmus_count before, behind;

	if (litmus_two_removers(true, seconds / 2, &before, err) ||
	    litmus_two_removers(false, seconds / 2, &behind, err))
		return -1;
	*missed = before.missed;
	claim_figure(result,
	    "litmus test on this machine, WRITE_ONCE(): two removers miss each other in %" PRIu64
	    " of %" PRIu64 " trials with the store before the lock, in %" PRIu64 " of %" PRIu64
	    " with the store after the unlock%s",
	    before.missed, before.trials, behind.missed, behind.trials,
	    behind.missed ? ""
			  : ", where misses are possible but none was seen, so that the test "
			    "proves nothing here");
	return 0;
}

static void report_finds(struct claim_result *result, const struct finds *finds)
{
	char once[192] = "", released[192] = "";

	for (int i = 0; i < NR_DESIGNS; i++) {
		size_t n = strlen(once), m = strlen(released);

		if (finds[i].handed[1].faults & FAULT_UNORDERED)
			snprintf(once + n, sizeof(once) - n, " %s", designs[i]);
		if (finds[i].handed[0].faults & FAULT_UNORDERED)
			snprintf(released + m, sizeof(released) - m, " %s", designs[i]);
	}
	claim_figure(result, "two removers that walk after the store miss each other: %s",
	    finds[1].missed.faults & FAULT_LEAK ? "yes"
	    : finds[1].missed.exhausted         ? "never"
						: "not found so far");
	claim_figure(result,
	    "designs in which the next owner is not ordered after the remover: with a relaxed "
	    "store:%s; "
	    "with a release store:%s",
	    once[0] ? once : " none", released[0] ? released : " none");
}

static int run_c6(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static struct finds finds[NR_DESIGNS];
	unsigned int unordered = 0, released = 0, owed = 0;
	uint64_t executions = 0, seen = 0;
	bool complete = true, missed;

	if (explore_all(finds, options->seconds / (4 * NR_DESIGNS), err))
		return -1;
	for (int i = 0; i < NR_DESIGNS; i++) {
		unordered += (finds[i].handed[1].faults & FAULT_UNORDERED) != 0;
		released += (finds[i].handed[0].faults & FAULT_UNORDERED) != 0;
		owed += finds[i].handed[1].faults & ~finds[i].handed[0].faults & FAULT_UNORDERED &&
		        finds[i].handed[0].exhausted;
		complete = complete && finds[i].handed[0].exhausted && finds[i].handed[1].exhausted;
		executions += finds[i].missed.executions + finds[i].handed[0].executions +
		              finds[i].handed[1].executions;
	}
	report_finds(result, finds);
	claim_figure(result, "%" PRIu64 " executions explored", executions);
	if (stress_walk(options->seconds / 10, result, err) ||
	    run_litmus(options->seconds / 10, result, &seen, err))
		return -1;
	claim_value(result, owed, NAN, NAN,
	    "designs (of 4) where only a release store orders the next owner");
	missed = finds[1].missed.faults & FAULT_LEAK || seen;
	result->verdict = rule_witness(missed, finds[1].missed.exhausted, CLAIM_REFUTED,
	    rule_witness(owed, complete, CLAIM_BOUNDARY, CLAIM_CONFIRMED));
	if (result->verdict == CLAIM_BOUNDARY)
		snprintf(result->boundary, sizeof(result->boundary),
		    "two removers never miss each other; the next owner is unordered in %u of %d "
		    "designs with a relaxed store, in %u with a release store",
		    unordered, NR_DESIGNS, released);
	claim_undecided(result, "more time: the exploration was not exhausted");
	return 0;
}

const struct claim claim_c6 = {
    .id = "C6",
    .text = "A mutex is an effective barrier for the unlocked store to dev->driver",
    .where = MAIL_GUNTHORPE_2022_02_23,
    .rule = "Refuted if two removers that store, lock and walk miss each other's store, in an "
	    "exploration or on this machine. A boundary if they never do, but some design orders "
	    "the next owner after the remover (C11 happens-before) only with a release store, not "
	    "with a relaxed one. Confirmed if neither happens and all explorations are exhausted.",
    .command =
	"ownbench explore --impl=rcu_driver --write-once; "
	"ownbench explore --impl=busted_walk_after_clear --scenario=two_removes --write-once; "
	"a driver freed under a walk: ctest --preset asan-ubsan -R freed_",
    .run = run_c6,
};
