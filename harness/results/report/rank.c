/* SPDX-License-Identifier: MIT */
#include "harness/results/report/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/machine.h"

const char *const rank_verdicts[] = {
    "confirmed", "refuted", "boundary", "undecided", "not run", NULL};
const char *const rank_classes[] = {
    "exact", "safe", "cautious", "leaky", "unsafe", "none", "unknown", NULL};

enum { USUAL_DEVICES = 8 };

static unsigned int cpus_of(const struct report_machine *machine)
{
	const unsigned int cpus = machine_nr_cpus(machine->environment);

	return cpus ? cpus : 1;
}

/* Less is better. */
static double distance(const struct set *set, unsigned int cpus)
{
	const struct sweep_point *p = set->points[0];
	double beyond = p->threads > cpus ? 1e6 : 0;

	return beyond + fabs((double)p->threads - cpus) * 1e3 +
	       fabs(log2(fmax(1, p->devices) / USUAL_DEVICES)) + (*point_parameters(p) ? 100 : 0);
}

const struct set *rank_headline_of(const struct report_machine *machine, const char *workload)
{
	unsigned int cpus = cpus_of(machine);
	const struct set *best = NULL;

	for (size_t i = 0; i < machine->sets.nr; i++) {
		const struct set *set = &machine->sets.list[i];

		if (strcmp(set->points[0]->workload, workload) != 0)
			continue;
		if (!best || distance(set, cpus) < distance(best, cpus))
			best = set;
	}
	return best;
}

const struct set *rank_headline(const struct report_machine *machine)
{
	const struct set *best = rank_headline_of(machine, machine->family->headline);
	const struct set *most = &machine->sets.list[0];

	for (size_t i = 0; i < machine->sets.nr; i++) {
		if (machine->sets.list[i].nr_passed > most->nr_passed)
			most = &machine->sets.list[i];
	}
	return best && best->nr_passed ? best : most;
}

/* The other families' best class is safe: they have no exact one. */
static bool is_of_class(const char *found, const char *class)
{
	return !strcmp(found, class) || (!strcmp(class, "exact") && !strcmp(found, "safe"));
}

struct winner rank_winner(const struct report *report, const struct report_machine *machine,
    const struct set *set, const char *class)
{
	struct winner winner = {0};

	for (size_t i = 0; i < set->nr_passed && !winner.second; i++) {
		const struct sweep_point *point = set->points[i];

		if (!report_ranks(report, machine, point->impl) ||
		    (class && !is_of_class(report_class(report, machine, point->impl), class)))
			continue;
		if (winner.first)
			winner.second = point;
		else
			winner.first = point;
	}
	if (winner.second)
		winner.apart = set_speedup(set, winner.first, winner.second).interval.low > 1;
	return winner;
}

bool rank_contradicts(const struct report_machine *machine, const char *impl)
{
	const json_t *verdict = report_verdict(machine, impl);

	return verdict && strcmp(report_text(verdict, "found"), report_text(verdict, "declared"));
}

size_t rank_count_claims(const struct report_machine *machine, const char *verdict)
{
	size_t nr = 0, i;
	json_t *claim;

	json_array_foreach (json_object_get(machine->claims, "claims"), i, claim)
		nr += !strcmp(report_claim_verdict(claim), verdict);
	return nr;
}
