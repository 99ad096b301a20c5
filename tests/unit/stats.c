/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "harness/results/stats.h"

static void test_medians(void **state)
{
	const double odd[] = {5, 1, 3};
	const double even[] = {4, 1, 3, 2};

	(void)state;
	assert_true(stats_median(odd, 3) == 3);
	assert_true(stats_median(even, 4) == 2.5);
	assert_true(stats_quantile(odd, 3, 1) == 5);
	assert_true(isnan(stats_median(odd, 0)));
}

static void test_intervals_of_constants(void **state)
{
	const double four[] = {4, 4, 4};
	const double two[] = {2, 2};
	struct interval of_four = stats_median_interval(four, 3, 0.95, 1);
	struct interval ratio = stats_ratio_interval(four, 3, two, 2, 0.95, 1);

	(void)state;
	assert_true(of_four.low == 4 && of_four.high == 4);
	assert_true(ratio.low == 2 && ratio.high == 2);
	assert_true(isnan(stats_median_interval(four, 1, 0.95, 1).low));
	assert_true(isnan(stats_ratio_interval(four, 3, two, 1, 0.95, 1).high));
}

static void test_ratios_to_nothing(void **state)
{
	const double some[] = {1, 2, 3, 4}, few[] = {0, 0, 2, 3}, none[] = {0, 0};
	struct interval ratio = stats_ratio_interval(some, 4, few, 4, 0.95, 1);

	(void)state;
	assert_true(isfinite(ratio.low) && isinf(ratio.high));
	ratio = stats_ratio_interval(few, 4, some, 4, 0.95, 1);
	assert_true(ratio.low == 0 && isfinite(ratio.high));
	ratio = stats_ratio_interval(none, 2, none, 2, 0.95, 1);
	assert_true(isnan(ratio.low) && isnan(ratio.high));
	ratio = stats_ratio_interval(few, 4, few, 4, 0.95, 1);
	assert_true(isnan(ratio.low) && isnan(ratio.high));
}

/* Below 5 no interval of 95% can be had: it is the range, and is called that. */
static void test_few_samples_have_a_range(void **state)
{
	const double three[] = {4, 1, 2}, more[] = {10, 20, 30, 40, 50};
	struct interval found = stats_median_interval(three, 3, 0.95, 1);

	(void)state;
	assert_true(found.low == 1 && found.high == 4);
	found = stats_ratio_interval(more, 5, three, 3, 0.95, 1);
	assert_true(found.low == 2.5 && found.high == 50);
	assert_string_equal(stats_interval_name(5).s, "95%");
	assert_string_equal(stats_interval_name(4).s, "range of 4");
	assert_string_equal(stats_interval_name(2).s, "range of 2");
	assert_string_equal(stats_interval_name(1).s, "");
}

/* The share of experiments in which the interval holds the truth, here a median of 10. */
static void test_coverage(void **state)
{
	enum { EXPERIMENTS = 300, SAMPLES = 15 };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	unsigned int held = 0;

	(void)state;
	gsl_rng_set(rng, 1);
	for (unsigned int i = 0; i < EXPERIMENTS; i++) {
		double x[SAMPLES];
		struct interval found;

		for (unsigned int j = 0; j < SAMPLES; j++)
			x[j] = 10 + gsl_ran_gaussian(rng, 1);
		found = stats_median_interval(x, SAMPLES, 0.95, i + 1);
		held += found.low <= 10 && 10 <= found.high;
	}
	gsl_rng_free(rng);
	assert_in_range(held, EXPERIMENTS * 90 / 100, EXPERIMENTS * 99 / 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_medians),
	    cmocka_unit_test(test_intervals_of_constants),
	    cmocka_unit_test(test_ratios_to_nothing),
	    cmocka_unit_test(test_few_samples_have_a_range),
	    cmocka_unit_test(test_coverage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
