/* SPDX-License-Identifier: MIT */
/* Whether one sample tends to larger values than another, whatever their distribution. */
#ifndef HARNESS_RESULTS_MANNWHITNEY_H
#define HARNESS_RESULTS_MANNWHITNEY_H

#include <stddef.h>

struct mannwhitney {
	double u;     /* pairs (a, b) with b above a; ties count half */
	double p;     /* of a U as far from the middle, or farther, if there is no difference */
	double delta; /* Cliff's: from -1, all of b below a, to 1 */
};

/*
 * Mann and Whitney 1947. Exact where there are no ties and both samples have 20 values at most,
 * else the normal approximation, corrected for ties and continuity. An empty sample gives p 1.
 */
struct mannwhitney mannwhitney(const double *a, size_t nr_a, const double *b, size_t nr_b);

#endif
