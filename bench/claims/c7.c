/* SPDX-License-Identifier: MIT */
/* C7: a claim that walks over the driver pointers, racing with a probe. */
#include <inttypes.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/measure/race_count.h"

/* With fewer trials than this, finding no fault proves nothing. */
static const uint64_t ENOUGH = 100000;

enum { PROBE_CLAIM }; /* index of this race in races[] */

static int race_probe_claim(const struct experiment_run *walk, size_t nr, struct rate_runs *mixed,
    struct claim_result *result, struct error *err)
{
	struct race_count each[RATE_RUNS];

	if (experiment_race_runs(walk, nr, PROBE_CLAIM, each, err))
		return -1;
	for (size_t i = 0; i < nr; i++)
		rate_add(mixed, each[i].conflicts, each[i].trials);
	claim_rate(result, mixed, "mixed states per million races");
	claim_figure(result,
	    "%" PRIu64 " mixed states in %" PRIu64 " races of a probe with a claim: %s",
	    mixed->events, mixed->trials, rate_text(mixed).s);
	if (each[0].conflicts && each[0].first > 0)
		claim_figure(result, "the first mixed state was seen after %.3g s", each[0].first);
	return 0;
}

static int run_c7(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	const struct experiment_run walk = {
	    .impl = "busted_viability_walk", .duration = options->seconds / 2};
	const struct experiment_run locked = {
	    .impl = "viability_walk_locked", .duration = options->seconds / 4};
	struct experiment_search search = {.exhausted = true};
	static const char *const scenarios[] = {"probe_claim", NULL};
	struct rate_runs mixed = {0};
	struct race_count right;

	if (race_probe_claim(&walk, claim_runs(options), &mixed, result, err) ||
	    experiment_explore(walk.impl, scenarios, false, 1, &search, err))
		return -1;
	claim_figure(result, "the explorer found %s in %" PRIu64 " executions",
	    search.faults & FAULT_CONFLICT ? "a mixed state" : "no mixed state", search.executions);
	if (experiment_race_runs(&locked, 1, PROBE_CLAIM, &right, err))
		return -1;
	if (right.conflicts)
		return error_set(err,
		    "%s is declared exact, but the experiment found mixed states in it",
		    locked.impl);
	claim_figure(result,
	    "the corrected walk (viability_walk_locked): %" PRIu64 " mixed states in %" PRIu64
	    " races",
	    right.conflicts, right.trials);
	result->verdict = rule_witness(mixed.events + (search.faults & FAULT_CONFLICT),
	    mixed.trials >= ENOUGH && search.exhausted, CLAIM_CONFIRMED, CLAIM_REFUTED);
	claim_undecided(
	    result, "two otherwise idle CPUs: there were only %" PRIu64 " races", mixed.trials);
	return 0;
}

const struct claim claim_c7 = {
    .id = "C7",
    .text = "A viability walk over READ_ONCE(dev->driver) is not locked properly or safe",
    .where = MAIL_GUNTHORPE_2021_09_27,
    .rule = "A mixed state is a group that a driver and a user hold at once. Confirmed if one is "
	    "seen in a race or in an explored execution. Refuted if none is seen in 100000 races "
	    "and in an exhausted exploration. " CLAIM_RATE_RULE,
    .command =
	"ownbench run --check=race --impl=busted_viability_walk --duration=5 --repetitions=1",
    .run = run_c7,
};
