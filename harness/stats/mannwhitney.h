/* SPDX-License-Identifier: MIT */
/* Whether one sample tends to larger values than another, whatever their distribution. */
#ifndef HARNESS_STATS_MANNWHITNEY_H
#define HARNESS_STATS_MANNWHITNEY_H

#include <stddef.h>

struct mannwhitney {
	double u;     /* pairs (a, b) with b above a; ties count half */
	double p;     /* of a U as far from the middle, or farther, if there is no difference */
	double delta; /* Cliff's: from -1, all of b below a, to 1 */
};

/*
 * Mann and Whitney 1947. Exact where there are no ties and at most 2000 pairs, else the normal
 * approximation, corrected for ties and continuity. An empty sample gives p 1.
 */
struct mannwhitney mannwhitney(const double *a, size_t nr_a, const double *b, size_t nr_b);

/*
 * The largest k for which the shift of b against a lies, with probability `level` or more, from the
 * k-th smallest to the k-th largest difference of all pairs; 0: there are too few pairs. Sets the
 * coverage, exact up to 2000 pairs.
 */
size_t mannwhitney_rank(size_t nr_a, size_t nr_b, double level, double *coverage);

#endif
