/* SPDX-License-Identifier: MIT */
/* Whether the machine changed while a sweep went on: seen by the ceiling, which is measured all
 * along it, and which no implementation has a part in. */
#ifndef HARNESS_RESULTS_DRIFT_H
#define HARNESS_RESULTS_DRIFT_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/results/stats.h"
#include "harness/results/sweep.h"

struct drift {
	size_t nr;    /* measurements of the ceiling that were looked at */
	double ratio; /* the second half of the sweep's time over the first, each relative to its
	                 point */
	struct interval interval; /* 95% */
	double p;                 /* Mann-Whitney U, of the two halves */
	bool drifted;             /* p below 0.01, and 2% or more apart */
};

/* False: too few measurements of the ceiling to tell, less than 4 in either half. */
bool drift_find(const struct sweep *sweep, struct drift *drift);

#endif
