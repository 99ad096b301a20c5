/* SPDX-License-Identifier: MIT */
#include "harness/results/stats.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_statistics_double.h>

enum { RESAMPLES = 2000 };

static double *copy(const double *x, size_t n)
{
	double *sorted = malloc(n * sizeof(*x));

	if (!sorted)
		abort(); /* a few kilobytes */
	memcpy(sorted, x, n * sizeof(*x));
	return sorted;
}

/* `b` may be NULL: then the medians of `a` alone. */
static struct interval bootstrap(
    const double *a, size_t nr_a, const double *b, size_t nr_b, double level, uint64_t seed)
{
	double medians[RESAMPLES];
	double *scratch = copy(nr_a >= nr_b ? a : b, nr_a >= nr_b ? nr_a : nr_b);
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	bool unknown = false; /* 0 of 0 */

	gsl_rng_set(rng, (unsigned long)seed);
	for (size_t i = 0; i < RESAMPLES; i++) {
		medians[i] = stats_resampled_median(rng, a, nr_a, scratch);
		if (b)
			medians[i] /= stats_resampled_median(rng, b, nr_b, scratch);
		unknown |= isnan(medians[i]);
	}
	gsl_rng_free(rng);
	free(scratch);
	return unknown ? no_interval : stats_middle(medians, RESAMPLES, level);
}

/* Of all samples, or (`b` not NULL) of all their ratios. */
static struct interval range(const double *a, size_t nr_a, const double *b, size_t nr_b)
{
	struct interval range = {.low = INFINITY, .high = -INFINITY};

	for (size_t i = 0; i < nr_a * (b ? nr_b : 1); i++) {
		const double value = b ? a[i / nr_b] / b[i % nr_b] : a[i];

		if (isnan(value)) /* 0 of 0 */
			return no_interval;
		range.low = fmin(range.low, value);
		range.high = fmax(range.high, value);
	}
	return range;
}

struct interval stats_median_interval(const double *x, size_t n, double level, uint64_t seed)
{
	if (n < 2)
		return no_interval;
	if (n < STATS_ENOUGH)
		return range(x, n, NULL, 0);
	return bootstrap(x, n, NULL, 0, level, seed);
}

struct interval stats_ratio_interval(
    const double *a, size_t nr_a, const double *b, size_t nr_b, double level, uint64_t seed)
{
	if (nr_a < 2 || nr_b < 2)
		return no_interval;
	if (nr_a < STATS_ENOUGH || nr_b < STATS_ENOUGH)
		return range(a, nr_a, b, nr_b);
	return bootstrap(a, nr_a, b, nr_b, level, seed);
}

struct interval_name stats_interval_name(size_t nr_samples)
{
	struct interval_name name = {""};

	if (nr_samples >= STATS_ENOUGH)
		snprintf(name.s, sizeof(name.s), "95%%");
	else if (nr_samples > 1)
		snprintf(name.s, sizeof(name.s), "range of %zu", nr_samples);
	return name;
}
