/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "harness/stats/mannwhitney.h"

static void assert_near(double found, double wanted)
{
	assert_true(fabs(found - wanted) < 1e-9);
}

/* Against an enumeration of all orders. */
static void test_exact(void **state)
{
	const double low[] = {1, 2, 3, 4, 5}, high[] = {6, 7, 8, 9, 10};
	const double a[] = {1, 2, 4, 7}, b[] = {3, 5, 6, 8, 9, 10};
	const double c[] = {1, 5, 6}, d[] = {2, 3, 4, 7};

	(void)state;
	assert_near(mannwhitney(low, 5, high, 5).p, 2.0 / 252);
	assert_near(mannwhitney(high, 5, low, 5).p, 2.0 / 252);
	assert_near(mannwhitney(low, 5, high, 5).delta, 1);
	assert_near(mannwhitney(high, 5, low, 5).delta, -1);
	assert_near(mannwhitney(a, 4, b, 6).u, 20);
	assert_near(mannwhitney(a, 4, b, 6).p, 2 * 12.0 / 210);
	assert_near(mannwhitney(c, 3, d, 4).u, 6);
	assert_near(mannwhitney(c, 3, d, 4).p, 1);
}

static void test_ties(void **state)
{
	const double same[] = {3, 3, 3, 3, 3};
	const double a[] = {1, 2, 2, 3}, b[] = {2, 3, 4, 4};

	(void)state;
	assert_near(mannwhitney(same, 5, same, 5).p, 1);
	assert_near(mannwhitney(same, 5, same, 5).delta, 0);
	assert_near(mannwhitney(a, 4, b, 4).u, 13.5);
	assert_true(mannwhitney(a, 4, b, 4).p > 0.1 && mannwhitney(a, 4, b, 4).p < 0.2);
	assert_near(mannwhitney(a, 4, b, 0).p, 1);
}

/* Of equal distributions, p is below 0.05 in 5 of 100 at the most. */
static void test_false_positives(void **state)
{
	enum { EXPERIMENTS = 4000 };
	const size_t sizes[] = {5, 9, 30};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	(void)state;
	gsl_rng_set(rng, 1);
	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		unsigned int positive = 0;

		for (unsigned int i = 0; i < EXPERIMENTS; i++) {
			double a[30], b[30];

			for (size_t j = 0; j < sizes[s]; j++) {
				a[j] = gsl_ran_lognormal(rng, 0, 1);
				b[j] = gsl_ran_lognormal(rng, 0, 1);
			}
			positive += mannwhitney(a, sizes[s], b, sizes[s]).p < 0.05;
		}
		assert_in_range(positive, EXPERIMENTS / 50, EXPERIMENTS * 6 / 100);
	}
	gsl_rng_free(rng);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_exact),
	    cmocka_unit_test(test_ties),
	    cmocka_unit_test(test_false_positives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
