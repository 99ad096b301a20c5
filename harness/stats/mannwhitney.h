/* SPDX-License-Identifier: MIT */
/* The distribution of the Mann-Whitney U: the number of pairs (a, b) of two samples with b > a. */
#ifndef HARNESS_STATS_MANNWHITNEY_H
#define HARNESS_STATS_MANNWHITNEY_H

#include <stddef.h>

/*
 * Returns the largest k for which the shift of b against a lies between the k-th smallest and the
 * k-th largest difference of all pairs with probability `level` or more, or 0 if there are too few
 * pairs. *coverage is set to that probability: exact up to 2000 pairs, beyond that by the normal
 * approximation. Mann and Whitney 1947.
 */
size_t mannwhitney_rank(size_t nr_a, size_t nr_b, double level, double *coverage);

#endif
