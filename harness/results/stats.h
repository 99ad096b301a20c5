/* SPDX-License-Identifier: MIT */
/* What repetitions say, and how sure they are of it. Samples are left as they are. */
#ifndef HARNESS_RESULTS_STATS_H
#define HARNESS_RESULTS_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "harness/stats/interval.h"

/* Of fewer samples an interval is their range: the bootstrap's would cover the median of 3 in 76 of
 * 100 cases, and be called 95%. */
enum { STATS_ENOUGH = 5 };

/*
 * The interval that covers the median with probability `level` (0.95): percentiles of the medians
 * of resamples (Efron's bootstrap). The same seed gives the same interval. From the least sample to
 * the largest where there are not STATS_ENOUGH; fewer than two give NAN.
 */
struct interval stats_median_interval(const double *x, size_t n, double level, uint64_t seed);

/* The same for the median of `a` over the median of `b`, which were measured apart; where one of
 * them has not STATS_ENOUGH, of all ratios of two samples. An end is INFINITY where `b` may be 0;
 * both are NAN where `a` may be 0, too. */
struct interval stats_ratio_interval(
    const double *a, size_t nr_a, const double *b, size_t nr_b, double level, uint64_t seed);

/* What such an interval is called: "95%", "range of 3", and "" where there is none. */
struct interval_name {
	char s[40];
};
struct interval_name stats_interval_name(size_t nr_samples);

#endif
