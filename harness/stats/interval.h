/* SPDX-License-Identifier: MIT */
/* Medians and intervals of samples. Samples need not be sorted, and are left as they are. */
#ifndef HARNESS_STATS_INTERVAL_H
#define HARNESS_STATS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_rng.h>

/* From `low` to `high`. Without an interval both are NAN, and the coverage is 0. */
struct interval {
	double low;
	double high;
	double coverage; /* probability that it holds the truth, 0.961; 0 also where only known
	                    nominally */
};

extern const struct interval no_interval;

/* Returns an interval whose coverage is not known exactly. */
struct interval interval_between(double low, double high);

/* Whether it has both ends. An end may be INFINITY. */
bool interval_is_known(struct interval interval);

/* NAN of no sample. */
double stats_median(const double *x, size_t n);

/* q from 0 to 1, between the samples linearly. */
double stats_quantile(const double *x, size_t n, double q);

/*
 * The interval of the median from the k-th smallest sample to the k-th largest: the largest k for
 * which it holds the median with probability `level` (0.95) or more, whatever the distribution. The
 * coverage is exact, from the binomial distribution, and usually above the level: 0.961 from the
 * second of 9. Thompson 1936; David and Nagaraja, Order Statistics, 2003, 7.1.
 *
 * No interval if there are too few samples (fewer than 6 for 0.95), or one is NAN.
 */
struct interval median_interval(const double *x, size_t n, double level);

/* That k; 0: there are too few samples. */
size_t median_interval_rank(size_t n, double level);

/* The least number of samples that have such an interval. */
size_t median_interval_samples(double level);

/* -- for bootstraps of other statistics -- */

/* The median of `n` draws from x with replacement; `scratch` has room for n. */
double stats_resampled_median(gsl_rng *rng, const double *x, size_t n, double *scratch);

/* The middle `level` (0.95) of the values; no interval of none. */
struct interval stats_middle(const double *x, size_t n, double level);

#endif
