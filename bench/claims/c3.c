/* SPDX-License-Identifier: MIT */
/* C3, C4 and C5: races of the list walk in a release. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "bench/claims/claim.h"
#include "bench/claims/experiment.h"
#include "harness/measure/race_count.h"

static const char *const walk_scenarios[] = {
    "two_removes", "pinctrl_fails", "probe_fails", "refused", "pinctrl_fails_claim", NULL};
static const char *const two_removes[] = {"two_removes", NULL};
static const char *const others[] = {"pinctrl_fails", "refused", NULL};

/* Malign faults leak an ownership, give it up too early, share it, or drop one that is not held.
 * Early faults give it up too early or share it. */
static const unsigned int malign = FAULT_LEAK | FAULT_LOST | FAULT_CONFLICT | FAULT_UNPAIRED;
static const unsigned int early = FAULT_LOST | FAULT_CONFLICT;

static struct experiment_search new_search(void)
{
	return (struct experiment_search){.exhausted = true};
}

static const char *exhaustion_text(bool exhausted)
{
	return exhausted ? "exhausted" : "not exhausted";
}

/* Returns "no leak" only if the search was exhausted. A search that was cut short may have missed a
 * leak. */
static const char *leak_in(const struct experiment_search *search)
{
	if (search->faults & malign)
		return "leak";
	return search->exhausted ? "no leak" : "no leak found so far";
}

/* -- C3 -- */

static int stress_walk(double seconds, size_t nr, struct claim_result *result, struct error *err)
{
	const struct experiment_run run = {.impl = "list_walk", .duration = seconds};
	struct rate_runs leaks = {0};
	struct race_count each[RATE_RUNS];

	if (experiment_race_runs(&run, nr, ALL_RACES, each, err))
		return -1;
	for (size_t i = 0; i < nr; i++)
		rate_add(&leaks, each[i].leaks, each[i].trials);
	claim_rate(result, &leaks, "leaks per million one-shot races");
	claim_figure(result, "stress: %" PRIu64 " leaks in %" PRIu64 " one-shot races: %s",
	    leaks.events, leaks.trials, rate_text(&leaks).s);
	return 0;
}

static void report_scenario(struct claim_result *result, const char *name, unsigned int faults)
{
	if (faults & FAULT_LEAK)
		claim_figure(result, "in scenario %s an idle group stays owned", name);
	if (faults & malign & ~FAULT_LEAK)
		claim_figure(result,
		    "in scenario %s an ownership is given up early, shared or mispaired", name);
}

/* Explores each scenario by itself. Adds the number of scenarios with a malign fault to *nr_malign.
 * *complete reports whether all searches were exhausted. */
static int count_scenarios(double seconds, struct claim_result *result, unsigned int *nr_malign,
    bool *complete, struct error *err)
{
	uint64_t executions = 0;

	*complete = true;
	for (int i = 0; walk_scenarios[i]; i++) {
		const char *const one[] = {walk_scenarios[i], NULL};
		struct experiment_search search = new_search();

		if (experiment_explore("list_walk", one, false, seconds / 5, &search, err))
			return -1;
		executions += search.executions;
		*complete = *complete && search.exhausted;
		*nr_malign += (search.faults & malign) != 0;
		report_scenario(result, walk_scenarios[i], search.faults);
	}
	claim_figure(result,
	    "%u of 5 scenarios have a fault that refutes the claim, under SC or TSO, in %" PRIu64
	    " executions (%s)",
	    *nr_malign, executions, exhaustion_text(*complete));
	return 0;
}

static int run_c3(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	struct experiment_search repaired = new_search();
	unsigned int nr_malign = 0;
	bool complete;

	if (count_scenarios(options->seconds / 4, result, &nr_malign, &complete, err) ||
	    experiment_explore("list_walk_repaired", walk_scenarios, false, options->seconds / 4,
		&repaired, err) ||
	    stress_walk(options->seconds / 4, claim_runs(options), result, err))
		return -1;
	claim_figure(result, "list_walk_repaired in the same scenarios: %s (%s)",
	    repaired.faults & malign ? "faults found, too" : "no fault found",
	    exhaustion_text(repaired.exhausted));
	result->verdict = rule_witness(nr_malign, complete, CLAIM_REFUTED, CLAIM_CONFIRMED);
	claim_undecided(result, "more time: the exploration was not exhausted");
	return 0;
}

const struct claim claim_c3 = {
    .id = "C3",
    .text = "All races of the list-walk release are benign",
    .where = MAIL_MURPHY_2022_02_22,
    .rule = "Refuted if, in an execution of list_walk's source, an idle group stays owned, or an "
	    "ownership is given up early, shared or mispaired. Confirmed if all five scenarios are "
	    "exhausted without such a fault. " CLAIM_RATE_RULE,
    .command = "ownbench explore --impl=list_walk --scenario=two_removes --save=leak.txt; "
	       "ownbench explore --replay=leak.txt",
    .run = run_c3,
};

/* -- C4 -- */

static int run_c4(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	static const char impl[] = "busted_walk_after_clear";
	struct experiment_search removes = new_search(), rest = new_search(), posted = new_search();
	const double seconds = options->seconds / 4;

	if (experiment_explore("list_walk", two_removes, false, seconds, &posted, err) ||
	    experiment_explore(impl, two_removes, false, seconds, &removes, err) ||
	    experiment_explore(impl, others, false, seconds, &rest, err))
		return -1;
	claim_figure(
	    result, "two removes that walk before the pointer is cleared: %s", leak_in(&posted));
	claim_figure(result,
	    "two removes that walk after the pointer is cleared: %s (%" PRIu64 " executions, %s)",
	    leak_in(&removes), removes.executions, exhaustion_text(removes.exhausted));
	claim_figure(result,
	    "a walk after the pointer is cleared, beside a sibling that fails in pinctrl or is "
	    "refused: %s",
	    leak_in(&rest));
	claim_value(result, (double)rest.executions, NAN, NAN,
	    "executions with a sibling that fails in pinctrl or is refused");
	result->verdict = rule_witness(
	    removes.faults & malign, removes.exhausted, CLAIM_REFUTED, CLAIM_CONFIRMED);
	if (result->verdict == CLAIM_CONFIRMED) {
		result->verdict = rule_witness(
		    rest.faults & malign, rest.exhausted, CLAIM_BOUNDARY, CLAIM_CONFIRMED);
		if (result->verdict == CLAIM_BOUNDARY)
			snprintf(result->boundary, sizeof(result->boundary),
			    "sound if drivers are only removed; unsound beside a probe that fails "
			    "in pinctrl or is refused");
	}
	claim_undecided(result, "more time: the exploration was not exhausted");
	return 0;
}

const struct claim claim_c4 = {
    .id = "C4",
    .text = "The list walk is sound if the remove hook runs after the driver pointer is cleared",
    .where = MAILS_OF_FEB_2022,
    .rule =
	"Refuted if two removes leave the group owned. A boundary if only a sibling whose probe "
	"fails early leaves it owned. Confirmed if neither does, and both explorations are "
	"exhausted.",
    .command = "ownbench explore --impl=busted_walk_after_clear --scenario=pinctrl_fails",
    .run = run_c4,
};

/* -- C5 -- */

static int run_c5(
    const struct claim_options *options, struct claim_result *result, struct error *err)
{
	struct experiment_search search = new_search();

	if (experiment_explore("list_walk", NULL, false, options->seconds, &search, err))
		return -1;
	claim_value(result, (double)search.executions, NAN, NAN, "executions explored");
	claim_figure(result,
	    "a driver bound to a group that the kernel does not own: %s in %" PRIu64
	    " executions, in %u explorations (%s)",
	    search.faults & early ? "seen" : "not seen", search.executions, search.explorations,
	    search.exhausted ? "all exhausted" : "not all exhausted");
	result->verdict =
	    rule_witness(search.faults & early, search.exhausted, CLAIM_CONFIRMED, CLAIM_REFUTED);
	claim_undecided(
	    result, "more time: not every exploration was exhausted (try without --quick)");
	return 0;
}

const struct claim claim_c5 = {
    .id = "C5",
    .text = "A racing remove can give up an ownership that a probe has just taken",
    .where = MAILS_OF_FEB_2022,
    .rule = "Confirmed if, in an execution of list_walk's source, a driver is bound while the "
	    "group is free or owned by a user. Refuted if all scenarios are exhausted without such "
	    "an execution, under sequential consistency and x86-TSO.",
    .command = "ownbench explore --impl=list_walk",
    .run = run_c5,
};
