/* SPDX-License-Identifier: MIT */
/* Who is fastest, by rules that the page states. */
#ifndef HARNESS_RESULTS_REPORT_RANK_H
#define HARNESS_RESULTS_REPORT_RANK_H

#include "harness/results/report/report.h"

/*
 * The set that answers for the sweep: the family's first workload (ownership's `share`) without
 * special parameters, of as many threads as there are CPUs (or the nearest below), of groups of 8
 * devices (or the nearest). Without that workload, the first set in which most passed. Never NULL.
 */
const struct set *rank_headline(const struct report_machine *machine);

/* The same of one workload; NULL: it was not run. */
const struct set *rank_headline_of(const struct report_machine *machine, const char *workload);

struct winner {
	const struct sweep_point *first;
	const struct sweep_point *second; /* NULL: it had no rival */
	bool apart; /* the interval of the ratio between the two leaves out 1 */
};

/* The fastest of a set that passed and may be ranked, of one class or (NULL) of any. */
struct winner rank_winner(const struct report *report, const struct report_machine *machine,
    const struct set *set, const char *class);

/* The class found (or declared) contradicts the declared one. */
bool rank_contradicts(const struct report_machine *machine, const char *impl);

/* How many of the claims have this verdict. */
size_t rank_count_claims(const struct report_machine *machine, const char *verdict);

/* The verdicts that a claim can have, up to a NULL. */
extern const char *const rank_verdicts[];

/* The classes, best first, up to a NULL. */
extern const char *const rank_classes[];

#endif
