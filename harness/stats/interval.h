/* SPDX-License-Identifier: MIT */
/* Medians and confidence intervals of samples. The order of samples does not matter, and they are
 * not modified. */
#ifndef HARNESS_STATS_INTERVAL_H
#define HARNESS_STATS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_rng.h>

/* The interval from `low` to `high`. If it is unknown, both are NAN and the coverage is 0. */
struct interval {
	double low;
	double high;
	double coverage; /* probability that the interval contains the true value; 0: unknown */
};

extern const struct interval no_interval;

/* Returns an interval with unknown coverage. */
struct interval interval_between(double low, double high);

/* Returns whether both ends are known. An end may be INFINITY. */
bool interval_is_known(struct interval interval);

/* Returns the median, or NAN if n is 0. */
double stats_median(const double *x, size_t n);

/* Returns the q-quantile, q from 0 to 1, interpolated linearly between samples; NAN if n is 0. */
double stats_quantile(const double *x, size_t n, double q);

/*
 * Returns a confidence interval of the median: from the k-th smallest to the k-th largest sample. k
 * is the largest rank for which the interval contains the median with probability `level` (0.95) or
 * more. This holds for every continuous distribution. The coverage is exact, by the binomial
 * distribution, and usually above the level. With 9 samples, the interval from the second smallest
 * to the second largest has a coverage of 0.961.
 *
 * Returns no_interval if a sample is NAN or there are too few samples (fewer than 6 for 0.95).
 *
 * Thompson 1936; David and Nagaraja, Order Statistics, 2003, 7.1.
 */
struct interval median_interval(const double *x, size_t n, double level);

/* Returns the rank k that median_interval() uses for n samples, or 0 if n is too small for the
 * level. */
size_t median_interval_rank(size_t n, double level);

/* Returns the smallest number of samples for which median_interval() returns an interval. */
size_t median_interval_samples(double level);

/* -- bootstrap -- */

/* Returns the median of n samples drawn from x with replacement. `scratch` has space for n
 * values. */
double stats_resampled_median(gsl_rng *rng, const double *x, size_t n, double *scratch);

/* Returns the central interval that contains the fraction `level` (0.95) of the values: the
 * percentile bootstrap. Both ends are NAN if n is 0. */
struct interval stats_middle(const double *x, size_t n, double level);

#endif
