/* SPDX-License-Identifier: MIT */
/* Medians and confidence intervals of samples. Samples may be in any order and are not modified. */
#ifndef HARNESS_STATS_INTERVAL_H
#define HARNESS_STATS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_rng.h>

/* The interval from `low` to `high`. If it is unknown, both are NAN and the coverage is 0. */
struct interval {
	double low;
	double high;
	double coverage; /* probability of containing the true value, 0.961; 0: not known */
};

extern const struct interval no_interval;

/* Returns an interval whose coverage is not known exactly. */
struct interval interval_between(double low, double high);

/* Returns whether both ends are known. An end may be INFINITY. */
bool interval_is_known(struct interval interval);

/* Returns NAN if n is 0. */
double stats_median(const double *x, size_t n);

/* Returns the q-quantile, q from 0 to 1, interpolated linearly between samples; NAN if n is 0. */
double stats_quantile(const double *x, size_t n, double q);

/*
 * Returns a confidence interval of the median: from the k-th smallest to the k-th largest sample,
 * with the largest k that still contains the median with probability `level` (0.95). This holds for
 * any continuous distribution. The coverage is exact, by the binomial distribution, and usually
 * above the level: 0.961 for 9 samples, from the second smallest to the second largest.
 * Thompson 1936; David and Nagaraja, Order Statistics, 2003, 7.1.
 *
 * Returns no_interval if there are too few samples (fewer than 6 for 0.95) or one is NAN.
 */
struct interval median_interval(const double *x, size_t n, double level);

/* Returns the k of median_interval() for n samples, or 0 if n is too small for the level. */
size_t median_interval_rank(size_t n, double level);

/* Returns the smallest number of samples for which median_interval() returns an interval. */
size_t median_interval_samples(double level);

/* -- bootstrap -- */

/* Returns the median of n draws from x with replacement. `scratch` has room for n values. */
double stats_resampled_median(gsl_rng *rng, const double *x, size_t n, double *scratch);

/* Returns the central interval that contains the share `level` (0.95) of the values (percentile
 * bootstrap). Both ends are NAN if n is 0. */
struct interval stats_middle(const double *x, size_t n, double level);

#endif
