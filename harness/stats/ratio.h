/* SPDX-License-Identifier: MIT */
/* Ratios of two designs, or of two sweeps, with their intervals. */
#ifndef HARNESS_STATS_RATIO_H
#define HARNESS_STATS_RATIO_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/stats/interval.h"

/* A design's values by round, in ascending order of rounds. Rounds without a value are left out. */
struct round_values {
	const unsigned int *rounds;
	const double *values;
	size_t nr;
};

/* A ratio with two 95% confidence intervals. `interval` is for this ratio alone. Its coverage holds
 * even if the sweep stopped because the interval was narrow enough. `simultaneous` is for all
 * comparisons at once (Bonferroni). */
struct round_ratio {
	double value; /* NAN: no round has both values */
	struct interval interval;
	struct interval simultaneous;
	size_t rounds; /* number of rounds with both values; for two sweeps the smaller number */
	size_t comparisons;
};

/* Returns the confidence level of each of several simultaneous intervals: 1 - 0.05 /
 * comparisons. */
double simultaneous_level(size_t comparisons);

/*
 * Returns A/B: the median of the ratios in the rounds that have both values, with order-statistic
 * intervals. Disturbances that affect a whole round cancel out. Values are not negative. If both
 * are 0 the ratio is 1; if only B is 0 it is INFINITY. B/A is the exact inverse of A/B.
 *
 * `comparisons` is k * (k - 1) / 2 for a point with k designs, even if the caller uses fewer pairs.
 */
struct round_ratio ratio_of_rounds(
    const struct round_values *a, const struct round_values *b, size_t comparisons);

/* Returns A/B like ratio_of_rounds(), for nr rounds that all have both values: a[i] and b[i] were
 * measured in the same round. */
struct round_ratio ratio_of_turns(const double *a, const double *b, size_t nr);

/*
 * Returns B/A for two sweeps, which share no rounds: the median of the ratios of all pairs (Hodges
 * and Lehmann 1963). The intervals invert the Mann-Whitney test (Moses; Hollander, Wolfe and
 * Chicken, Nonparametric Statistical Methods, 2014, 4.3). They are widened by the fraction `floor`
 * (0.01), because sweeps differ by more than the repetitions within one sweep show.
 */
struct round_ratio ratio_of_sweeps(
    const double *a, size_t nr_a, const double *b, size_t nr_b, size_t comparisons, double floor);

/* -- stopping rule for sweeps that run until a precision is reached -- */

/*
 * Returns the next number of rounds, above `rounds`, at which precision_reached() may be called:
 * 10, 13, 16 and so on. A sweep that stops when its interval happens to be narrow misses the true
 * value too often. Checking rarely, with intervals of 96.5%, compensates for that.
 *
 * In simulated sweeps that stop by this rule, 95% to 97% of the intervals contain the true value
 * (tests/unit/coverage.c). The exception is a slow drift of the machine that affects designs
 * differently. Rounds are then not independent, and the coverage is 88% to 95%.
 */
size_t stats_next_look(size_t rounds);

/* Returns whether both ends of the interval are within the fraction `precision` (0.05) of the
 * value, and there are enough rounds for a simultaneous interval. */
bool precision_reached(const struct round_ratio *ratio, double precision);

/* Returns the distance of the interval's farther end from the value, as a fraction of the value:
 * 0.043. Returns INFINITY if there is no interval. */
double ratio_precision(const struct round_ratio *ratio);

#endif
