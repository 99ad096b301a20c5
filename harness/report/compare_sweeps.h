/* SPDX-License-Identifier: MIT */
/* Two implementations of a sweep, or two sweeps, held against each other point by point. */
#ifndef HARNESS_REPORT_COMPARE_SWEEPS_H
#define HARNESS_REPORT_COMPARE_SWEEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/report/comparison.h"
#include "harness/report/report_sweep.h"

/* The same run in A and B, or two implementations at one point. */
struct compared_pair {
	const struct report_sweep *sweep; /* of A */
	const struct point *point;
	const struct sweep_run *a, *b;
	struct point_quantity quantity; /* by which they are compared */
	const char *failure;            /* of either: then nothing else counts. NULL: none */
	double of_a, of_b;              /* medians */
	size_t rounds_a, rounds_b;
	struct comparison comparison; /* how many times as good B is as A */
	double noise_floor; /* 0.01: by how much the intervals were widened; 0: by nothing */
	bool by_ceiling;    /* values are ratios to the ceiling of their rounds */
	bool lacks_ceiling; /* they should be, and what came over the machine is not known */
};

struct compared_sweeps {
	struct compared_pair *pairs;
	size_t nr;
	size_t nr_unmatched;      /* runs of A that B lacks */
	size_t nr_without_metric; /* pairs of which one lacks the metric */
	bool two_sweeps;
};

struct compare_request {
	const char *metric;           /* NULL: what each point is judged by */
	const char *implementation_a; /* two of one sweep; NULL: the runs of two sweeps */
	const char *implementation_b;
	bool (*pick)(const struct run_id *a, void *arg); /* NULL: every run of A */
	void *arg;
};

/*
 * Two implementations of one sweep share its rounds: ratio and verdict are those of its report.
 *
 * Two sweeps do not: their values are compared as ratios to the ceiling of their rounds where both
 * have them, and else as they are. What no repetition shows, such as where code and pages lie,
 * widens the intervals by 1%, or by as much as the ceiling differs between the sweeps. The
 * correction is for the number of pairs.
 *
 * The sweeps are borrowed, and `b` is `a` where implementations are compared. Returns 0, or -1 with
 * the error set: there is nothing to compare, or no run has the metric.
 */
int compare_sweeps(struct compared_sweeps *compared, const struct report_sweep *a,
    const struct report_sweep *b, const struct compare_request *request, struct error *err);
void compared_sweeps_free(struct compared_sweeps *compared);

/* How much slower B is for sure, by the near end of the interval: 0.1 is 10%. 0: not for sure. */
double compared_slowdown(const struct compared_pair *pair);

#endif
