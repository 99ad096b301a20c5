/* SPDX-License-Identifier: MIT */
/* A storm on the groups of several real machines, side by side. */
#ifndef HARNESS_RESULTS_REPORT_STORM_H
#define HARNESS_RESULTS_REPORT_STORM_H

#include "harness/results/report/report.h"

/* One implementation. */
struct storm_row {
	const char *impl;
	double speedup; /* over mutex_count, the geometric mean over all listings; NAN: not passed
	                   on each, or without mutex_count */
};

/* The sets that agree in all but the listing, and what ran on any of them, fastest first. */
struct storm {
	const struct set **sets;
	size_t nr;
	struct storm_row *rows;
	size_t nr_rows;
};

/* The storm whose first set is number `i` of the machine; nr is 0 where that is none, or has no
 * other listing beside it. To be freed with storm_free(), empty or not. */
struct storm storm_at(const struct report *report, const struct report_machine *machine, size_t i);
void storm_free(struct storm *storm);

/* "9 groups, the largest of 12 devices" */
struct text storm_listing(const struct set *set);

#endif
