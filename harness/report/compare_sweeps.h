/* SPDX-License-Identifier: MIT */
/* Comparison of two implementations of one sweep, or of two sweeps, point by point. */
#ifndef HARNESS_REPORT_COMPARE_SWEEPS_H
#define HARNESS_REPORT_COMPARE_SWEEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/report/comparison.h"
#include "harness/report/report_sweep.h"

/* A pair of runs: the same run in sweeps A and B, or implementations A and B at one point of a
 * sweep. */
struct compared_pair {
	const struct report_sweep *sweep; /* the sweep of A */
	const struct point *point;
	const struct sweep_run *a, *b;
	struct point_quantity quantity; /* the quantity that is compared */
	const char *failure; /* why A or B failed and is not compared; NULL: both passed */
	double of_a, of_b;   /* medians */
	size_t rounds_a, rounds_b;
	struct comparison comparison; /* its ratio says how many times better B is than A */
	double noise_floor; /* the intervals were widened by this fraction, 0.01; 0: not widened */
	bool by_ceiling;    /* values are ratios to the ceiling in the same round */
	bool lacks_ceiling; /* there is no ceiling, so the machine's speed may have changed */
};

struct compared_sweeps {
	struct compared_pair *pairs;
	size_t nr;
	size_t nr_unmatched;      /* number of runs of A without a matching run of B */
	size_t nr_without_metric; /* number of pairs in which a run lacks the metric */
	bool two_sweeps;
};

struct compare_request {
	const char *metric; /* NULL: the quantity that each point is compared by */
	/* The two implementations of one sweep to compare. NULL: compare two sweeps. */
	const char *implementation_a;
	const char *implementation_b;
	bool (*pick)(const struct run_id *a, void *arg); /* selects runs of A; NULL: all */
	void *arg;
};

/*
 * Compares implementations or sweeps.
 *
 * Two implementations of one sweep share its rounds. Ratio and verdict are the same as in the
 * sweep's report.
 *
 * Two sweeps share no rounds. If both have a ceiling, each value is divided by the ceiling's value
 * in the same round; otherwise the values themselves are compared. Intervals are widened by 1%, or
 * by the difference between the two ceilings if that is larger. This covers effects that differ
 * between sweeps but not within one, such as the placement of code and pages. Simultaneous
 * intervals take all pairs into account.
 *
 * The sweeps are borrowed. If implementations are compared, `b` equals `a`. Returns 0, or -1 with
 * the error set if there is nothing to compare or no run has the metric.
 */
int compare_sweeps(struct compared_sweeps *compared, const struct report_sweep *a,
    const struct report_sweep *b, const struct compare_request *request, struct error *err);
void compared_sweeps_free(struct compared_sweeps *compared);

/* Returns a lower bound of how much slower B is: 0.1 is 10%. This is the end of the interval that
 * is closer to 1. Returns 0 if B is not significantly slower. */
double compared_slowdown(const struct compared_pair *pair);

#endif
