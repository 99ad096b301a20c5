/* SPDX-License-Identifier: MIT */
/* C7: a walk over driver pointers, then a claim, against a concurrent probe. */
#include <inttypes.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/check/race.h"

/* Fewer trials say nothing. */
static const uint64_t ENOUGH = 100000;

static int run(const struct claim_options *options, struct claim_result *result, struct error *err)
{
	const struct experiment_run walk = {
	    .impl = "busted_viability_walk", .duration = options->seconds / 2};
	const struct experiment_run locked = {
	    .impl = "viability_walk_locked", .duration = options->seconds / 4};
	struct experiment_search search = {.exhausted = true};
	static const char *const scenarios[] = {"probe_claim", NULL};
	struct race_count raced;
	struct run_result r;
	double rate;

	if (experiment_run(&walk, &r, err) ||
	    experiment_explore(walk.impl, scenarios, false, 1, &search, err))
		return -1;
	raced = r.races[0]; /* probe/claim */
	rate = claim_rate(result, raced.conflicts, raced.trials, "mixed states per million races");
	claim_figure(result,
	    "%" PRIu64 " mixed states in %" PRIu64
	    " races of a probe with a claim: %.0f per million",
	    raced.conflicts, raced.trials, rate);
	if (raced.first > 0)
		claim_figure(result, "the first after %.3g s", raced.first);
	claim_figure(result, "the explorer %s one in %" PRIu64 " executions",
	    search.faults & FAULT_CONFLICT ? "finds" : "finds no", search.executions);
	if (experiment_run(&locked, &r, err))
		return -1;
	claim_figure(result, "the walk put right (viability_walk_locked): %" PRIu64 " in %" PRIu64,
	    r.races[0].conflicts, r.races[0].trials);
	result->verdict = rule_witness(raced.conflicts + (search.faults & FAULT_CONFLICT),
	    raced.trials >= ENOUGH && search.exhausted, CLAIM_CONFIRMED, CLAIM_REFUTED);
	claim_undecided(result, "two CPUs of its own: only %" PRIu64 " races", raced.trials);
	return 0;
}

const struct claim claim_c7 = {
    .id = "C7",
    .text = "A viability walk over READ_ONCE(dev->driver) is not locked properly or safe",
    .where = "seed 002",
    .rule = "confirmed by one mixed state, a driver and a user that hold at once; refuted: none in "
	    "100000 races and none in an exhausted exploration",
    .command =
	"ownbench run --check=race --impl=busted_viability_walk --duration=5 --repetitions=1",
    .run = run,
};
