/* SPDX-License-Identifier: MIT */
#include "harness/stats/mannwhitney.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "harness/memory.h"

/* Largest number of pairs for which the distribution is computed exactly. */
enum { EXACT_PAIRS = 2000 };

/*
 * Returns P(U <= k) for each k under the null hypothesis. The caller frees the array. After step m,
 * ways[n][k] counts the orderings of m a's and n b's with U = k. The recursion removes the largest
 * value: an a, which exceeds all n b's and so contributes n to U, or a b, which contributes 0.
 */
static double *exact_distribution(size_t one, size_t other)
{
	const size_t nr_a = one > other ? one : other, nr_b = one + other - nr_a;
	const size_t size = nr_a * nr_b + 1;
	double *ways = allocate((nr_b + 1) * size, sizeof(*ways));
	double *at_most = allocate(size, sizeof(*at_most));
	double sum = 0;

	for (size_t n = 0; n <= nr_b; n++)
		ways[n * size] = 1; /* m = 0: without a's there is one ordering, with U = 0 */
	for (size_t m = 1; m <= nr_a; m++) {
		for (size_t n = 1; n <= nr_b; n++) {
			double *with = ways + n * size;
			const double *without = with - size;

			/* Descending: below k, with[] must still hold the counts of step m - 1. */
			for (size_t k = size; k-- > 0;)
				with[k] = (k >= n ? with[k - n] : 0) + without[k];
		}
	}
	for (size_t k = 0; k < size; k++) {
		sum += ways[nr_b * size + k];
		at_most[k] = sum / gsl_sf_choose((unsigned int)(nr_a + nr_b), (unsigned int)nr_b);
	}
	free(ways);
	return at_most;
}

static size_t exact_rank(size_t nr_a, size_t nr_b, double level, double *coverage)
{
	double *at_most = exact_distribution(nr_a, nr_b);
	size_t k = 0;

	while (2 * (k + 1) <= nr_a * nr_b && 1 - 2 * at_most[k] >= level)
		k++;
	*coverage = k ? 1 - 2 * at_most[k - 1] : 0;
	free(at_most);
	return k;
}

static double normal_coverage(size_t nr_a, size_t nr_b, size_t k)
{
	const double a = (double)nr_a, b = (double)nr_b;

	return 1 - 2 * gsl_cdf_ugaussian_P(
			   ((double)k - 0.5 - a * b / 2) / sqrt(a * b * (a + b + 1) / 12));
}

static size_t normal_rank(size_t nr_a, size_t nr_b, double level, double *coverage)
{
	size_t k = 0;

	while (2 * (k + 1) <= nr_a * nr_b && normal_coverage(nr_a, nr_b, k + 1) >= level)
		k++;
	*coverage = k ? normal_coverage(nr_a, nr_b, k) : 0;
	return k;
}

size_t mannwhitney_rank(size_t nr_a, size_t nr_b, double level, double *coverage)
{
	*coverage = 0;
	if (!nr_a || !nr_b)
		return 0;
	if (nr_a * nr_b <= EXACT_PAIRS)
		return exact_rank(nr_a, nr_b, level, coverage);
	return normal_rank(nr_a, nr_b, level, coverage);
}
