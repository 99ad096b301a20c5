/* SPDX-License-Identifier: MIT */
/* The distribution of U, the number of pairs (a, b) of two samples with b above a. */
#ifndef HARNESS_STATS_MANNWHITNEY_H
#define HARNESS_STATS_MANNWHITNEY_H

#include <stddef.h>

/*
 * The largest k for which the shift of b against a lies, with probability `level` or more, from the
 * k-th smallest to the k-th largest difference of all pairs; 0: there are too few pairs. Sets the
 * coverage: exact up to 2000 pairs, else by the normal approximation. Mann and Whitney 1947.
 */
size_t mannwhitney_rank(size_t nr_a, size_t nr_b, double level, double *coverage);

#endif
