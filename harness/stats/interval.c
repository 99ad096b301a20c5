/* SPDX-License-Identifier: MIT */
#include "harness/stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "harness/memory.h"

const struct interval no_interval = {.low = NAN, .high = NAN};

struct interval interval_between(double low, double high)
{
	return (struct interval){.low = low, .high = high};
}

bool interval_is_known(struct interval interval)
{
	return !isnan(interval.low) && !isnan(interval.high);
}

static double *sorted_copy(const double *x, size_t n)
{
	double *sorted = allocate(n, sizeof(*x));

	memcpy(sorted, x, n * sizeof(*x));
	gsl_sort(sorted, 1, n);
	return sorted;
}

double stats_quantile(const double *x, size_t n, double q)
{
	double *sorted;
	double value;

	if (!n)
		return NAN;
	sorted = sorted_copy(x, n);
	value = gsl_stats_quantile_from_sorted_data(sorted, 1, n, q);
	free(sorted);
	return value;
}

double stats_median(const double *x, size_t n)
{
	return stats_quantile(x, n, 0.5);
}

/* Returns the probability that the median lies between the k-th smallest and the k-th largest of n
 * samples, which is the case if at least k samples fall on each side of it. */
static double median_coverage(size_t n, size_t k)
{
	return 1 - 2 * gsl_cdf_binomial_P((unsigned int)k - 1, 0.5, (unsigned int)n);
}

/* Tolerance for rounding errors. The binomial distribution is otherwise exact. */
static const double ROUNDING = 1e-12;

size_t median_interval_rank(size_t n, double level)
{
	size_t k = 0;

	while (2 * (k + 1) <= n && median_coverage(n, k + 1) >= level - ROUNDING)
		k++;
	return k;
}

size_t median_interval_samples(double level)
{
	size_t n = 2;

	while (!median_interval_rank(n, level))
		n++;
	return n;
}

static bool any_nan(const double *x, size_t n)
{
	bool found = false;

	for (size_t i = 0; i < n; i++)
		found |= isnan(x[i]);
	return found;
}

struct interval median_interval(const double *x, size_t n, double level)
{
	const size_t k = median_interval_rank(n, level);
	struct interval interval = no_interval;
	double *sorted;

	if (!k || any_nan(x, n))
		return interval;
	sorted = sorted_copy(x, n);
	interval = (struct interval){sorted[k - 1], sorted[n - k], median_coverage(n, k)};
	free(sorted);
	return interval;
}

double stats_resampled_median(gsl_rng *rng, const double *x, size_t n, double *scratch)
{
	for (size_t i = 0; i < n; i++)
		scratch[i] = x[gsl_rng_uniform_int(rng, n)];
	return gsl_stats_median(scratch, 1, n); /* quickselect; sorting takes 25% longer */
}

struct interval stats_middle(const double *x, size_t n, double level)
{
	return interval_between(
	    stats_quantile(x, n, (1 - level) / 2), stats_quantile(x, n, (1 + level) / 2));
}
