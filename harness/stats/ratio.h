/* SPDX-License-Identifier: MIT */
/* Ratios of two designs, or of two sweeps, with their intervals. */
#ifndef HARNESS_STATS_RATIO_H
#define HARNESS_STATS_RATIO_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/stats/interval.h"

/* One value of each round that has it; rounds ascend. */
struct round_values {
	const unsigned int *rounds;
	const double *values;
	size_t nr;
};

/* The intervals hold the truth in 95 of 100 cases, also if the rounds stopped because they were
 * small enough; the simultaneous ones of all comparisons at once (Bonferroni). */
struct round_ratio {
	double value; /* NAN: no round has both */
	struct interval interval;
	struct interval simultaneous;
	size_t rounds; /* that have both; of two sweeps the fewer */
	size_t comparisons;
};

/* 1 - 0.05 / comparisons */
double simultaneous_level(size_t comparisons);

/*
 * A over B: the median of the ratios of the rounds that have both, and its order-statistic
 * intervals. What the machine did in a round cancels. B over A is the inverse. Values are not
 * negative; where both are 0 the ratio is 1, and where B alone is, INFINITY.
 *
 * `comparisons`: of a point with k designs, k * (k - 1) / 2, whichever of them are looked at.
 */
struct round_ratio ratio_of_rounds(
    const struct round_values *a, const struct round_values *b, size_t comparisons);

/* The same of values that were measured in turn: a[i] and b[i] are of one round. */
struct round_ratio ratio_of_turns(const double *a, const double *b, size_t nr);

/*
 * B over A, which share no rounds: the median of the ratios of all pairs (Hodges and Lehmann 1963),
 * with the intervals that invert the Mann-Whitney test (Moses; Hollander, Wolfe and Chicken,
 * Nonparametric Statistical Methods, 2014, 4.3). `floor` (0.01) widens them by what no repetition
 * of either shows.
 */
struct round_ratio ratio_of_sweeps(
    const double *a, size_t nr_a, const double *b, size_t nr_b, size_t comparisons, double floor);

/* -- rounds that go on until the ratio is known well enough -- */

/*
 * The number of rounds, above `rounds`, at which precision_reached() may be asked next: 10, 13, 16,
 * .. A sweep that stops where the interval happens to be small misses the truth too often; few
 * looks, and intervals of 96.5% at each, make up for it.
 *
 * By simulation of sweeps that stop by this rule (tests/unit/coverage.c) 95 to 97 of 100 intervals
 * hold the truth. In one kind of noise 88 to 95 do: where designs differ in how they feel a machine
 * that changes slowly, so that rounds are no independent samples.
 */
size_t stats_next_look(size_t rounds);

/* Whether both ends of the interval are within `precision` (0.05) of the value, and there are
 * enough rounds for a difference to be told. */
bool precision_reached(const struct round_ratio *ratio, double precision);

/* How far the farther end is from the value: 0.043; INFINITY without an interval. */
double ratio_precision(const struct round_ratio *ratio);

#endif
