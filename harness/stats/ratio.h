/* SPDX-License-Identifier: MIT */
/* Ratios of two designs, or of two sweeps, with their intervals. */
#ifndef HARNESS_STATS_RATIO_H
#define HARNESS_STATS_RATIO_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/stats/interval.h"

/* One value for each round that has one, in ascending order of rounds. */
struct round_values {
	const unsigned int *rounds;
	const double *values;
	size_t nr;
};

/* A ratio with two 95% confidence intervals. `interval` is for this ratio alone, and keeps its
 * coverage if the sweep stopped because it was narrow enough. `simultaneous` is for all comparisons
 * at once (Bonferroni). */
struct round_ratio {
	double value; /* NAN: no round has both values */
	struct interval interval;
	struct interval simultaneous;
	size_t rounds; /* number of rounds with both values; for two sweeps the smaller number */
	size_t comparisons;
};

/* Returns the level of one interval of many: 1 - 0.05 / comparisons. */
double simultaneous_level(size_t comparisons);

/*
 * Returns A/B: the median of the ratios within each round that has both values, with its
 * order-statistic intervals. Disturbances that affect a whole round cancel. B/A is the inverse.
 * Values are not negative. If both are 0 the ratio is 1; if only B is 0 it is INFINITY.
 *
 * `comparisons` is k * (k - 1) / 2 for a point with k designs, even if fewer pairs are looked at.
 */
struct round_ratio ratio_of_rounds(
    const struct round_values *a, const struct round_values *b, size_t comparisons);

/* Returns A/B like ratio_of_rounds(), for nr complete rounds: a[i] and b[i] are of the same
 * round. */
struct round_ratio ratio_of_turns(const double *a, const double *b, size_t nr);

/*
 * Returns B/A for two sweeps, which share no rounds: the median of the ratios of all pairs (Hodges
 * and Lehmann 1963), with the intervals that invert the Mann-Whitney test (Moses; Hollander, Wolfe
 * and Chicken, Nonparametric Statistical Methods, 2014, 4.3). `floor` (0.01) widens them for
 * differences between sweeps that repetitions within one sweep do not show.
 */
struct round_ratio ratio_of_sweeps(
    const double *a, size_t nr_a, const double *b, size_t nr_b, size_t comparisons, double floor);

/* -- stopping rule for sweeps that run until a precision is reached -- */

/*
 * Returns the next number of rounds, above `rounds`, at which precision_reached() may be called:
 * 10, 13, 16 and so on. A sweep that stops when its interval happens to be narrow misses the true
 * value too often. Looking rarely, with intervals of 96.5%, makes up for that.
 *
 * In simulated sweeps that stop by this rule, 95% to 97% of the intervals contain the true value
 * (tests/unit/coverage.c). The exception is slow drift of the machine that affects designs
 * differently, so that rounds are not independent: coverage is then 88% to 95%.
 */
size_t stats_next_look(size_t rounds);

/* Returns whether both ends of the interval are within the share `precision` (0.05) of the value,
 * and there are enough rounds for a simultaneous interval. */
bool precision_reached(const struct round_ratio *ratio, double precision);

/* Returns the distance of the interval's farther end from the value, as a share of it: 0.043.
 * INFINITY if there is no interval. */
double ratio_precision(const struct round_ratio *ratio);

#endif
