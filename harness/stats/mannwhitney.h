/* SPDX-License-Identifier: MIT */
/* The distribution of the Mann-Whitney U: the number of pairs (a, b) of two samples with b > a. */
#ifndef HARNESS_STATS_MANNWHITNEY_H
#define HARNESS_STATS_MANNWHITNEY_H

#include <stddef.h>

/*
 * Returns the rank k of a confidence interval for the shift of b against a: from the k-th smallest
 * to the k-th largest difference of all pairs. k is the largest rank whose coverage is at least
 * `level`, or 0 if there are too few pairs. Sets *coverage to its coverage, which is exact for up
 * to 2000 pairs, and a normal approximation for more. Mann and Whitney 1947.
 */
size_t mannwhitney_rank(size_t nr_a, size_t nr_b, double level, double *coverage);

#endif
