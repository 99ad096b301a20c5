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

/* "the ceiling was +5.2% (+4.1% to +6.3%) in the second half of the sweep, p 0.001", or that it did
 * nothing for a while; at most 128 letters. */
void drift_describe(const struct drift *drift, char *text, size_t size);

/* drift.json, see results/README.md; a new reference. `drift` is what drift_find() found, and
 * `told` what it returned. */
json_t *drift_json(const struct drift *drift, bool told);

#endif
