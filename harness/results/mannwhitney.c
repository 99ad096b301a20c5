/* SPDX-License-Identifier: MIT */
#include "harness/results/mannwhitney.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sort.h>

enum { EXACT_MAX = 20 };

static double count_above(const double *a, size_t nr_a, const double *b, size_t nr_b)
{
	double u = 0;

	for (size_t i = 0; i < nr_a; i++) {
		for (size_t j = 0; j < nr_b; j++)
			u += b[j] > a[i] ? 1 : b[j] == a[i] ? 0.5 : 0;
	}
	return u;
}

/* The sum of t^3 - t over the groups of t equal values in both samples. */
static double ties(const double *a, size_t nr_a, const double *b, size_t nr_b)
{
	const size_t nr = nr_a + nr_b;
	double *all = malloc(nr * sizeof(*all));
	double sum = 0;

	if (!all)
		abort(); /* a few kilobytes */
	memcpy(all, a, nr_a * sizeof(*all));
	memcpy(all + nr_a, b, nr_b * sizeof(*all));
	gsl_sort(all, 1, nr);
	for (size_t i = 0, end; i < nr; i = end) {
		double t;

		for (end = i + 1; end < nr && all[end] == all[i];)
			end++;
		t = (double)(end - i);
		sum += t * t * t - t;
	}
	free(all);
	return sum;
}

/*
 * The share of all orders in which U is `u` at most. ways[n][k]: of the orders of some a's and n
 * b's, those with U = k; the largest value is an a, above all n, or a b.
 */
static double exact_at_most(size_t nr_a, size_t nr_b, size_t u)
{
	double ways[EXACT_MAX + 1][EXACT_MAX * EXACT_MAX + 1];
	const size_t most = nr_a * nr_b;
	double sum = 0;

	memset(ways, 0, sizeof(ways));
	for (size_t n = 0; n <= nr_b; n++)
		ways[n][0] = 1; /* no a's yet */
	for (size_t m = 1; m <= nr_a; m++) {
		for (size_t n = 1; n <= nr_b; n++) {
			/* from the back, as ways[n] still holds m - 1 */
			for (size_t k = most + 1; k-- > 0;)
				ways[n][k] = (k >= n ? ways[n][k - n] : 0) + ways[n - 1][k];
		}
	}
	for (size_t k = 0; k <= u; k++)
		sum += ways[nr_b][k];
	return sum / gsl_sf_choose((unsigned int)(nr_a + nr_b), (unsigned int)nr_b);
}

static double normal_p(double u, double nr_a, double nr_b, double tied)
{
	const double nr = nr_a + nr_b;
	const double middle = nr_a * nr_b / 2;
	const double variance = nr_a * nr_b / 12 * (nr + 1 - tied / (nr * (nr - 1)));
	double off = fabs(u - middle) - 0.5;

	if (variance <= 0 || off < 0)
		return 1;
	return 2 * gsl_cdf_ugaussian_Q(off / sqrt(variance));
}

struct mannwhitney mannwhitney(const double *a, size_t nr_a, const double *b, size_t nr_b)
{
	struct mannwhitney found = {.p = 1};
	double pairs = (double)nr_a * (double)nr_b;
	double tied;

	if (!nr_a || !nr_b)
		return found;
	found.u = count_above(a, nr_a, b, nr_b);
	found.delta = 2 * found.u / pairs - 1;
	tied = ties(a, nr_a, b, nr_b);
	if (tied == 0 && nr_a <= EXACT_MAX && nr_b <= EXACT_MAX)
		found.p = 2 * exact_at_most(nr_a, nr_b, (size_t)fmin(found.u, pairs - found.u));
	else
		found.p = normal_p(found.u, (double)nr_a, (double)nr_b, tied);
	found.p = fmin(found.p, 1);
	return found;
}
