/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>

#include "harness/measure/histogram.h"

static void test_bounds(void **state)
{
	(void)state;
	for (size_t i = 0; i + 1 < HISTOGRAM_BUCKETS; i++) {
		uint64_t low = histogram_low(i), next = histogram_low(i + 1);

		assert_true(next > low);
		assert_int_equal(histogram_bucket(low), i);
		assert_int_equal(histogram_bucket(next - 1), i);
		assert_true(next - low == 1 || (double)(next - low) <= (double)low / 32);
	}
	assert_int_equal(histogram_bucket(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
	assert_true(histogram_low(HISTOGRAM_BUCKETS - 1) > UINT64_C(100000000000));
}

static void test_quantiles(void **state)
{
	enum { NR = 20001 };
	static double values[NR];
	static struct histogram h;
	const double qs[] = {0.01, 0.5, 0.9, 0.99, 0.999};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	(void)state;
	memset(&h, 0, sizeof(h));
	gsl_rng_set(rng, 1);
	for (size_t i = 0; i < NR; i++) {
		values[i] = floor(gsl_ran_lognormal(rng, 6, 2));
		histogram_add(&h, (uint64_t)values[i]);
	}
	gsl_rng_free(rng);
	gsl_sort(values, 1, NR);
	assert_int_equal(h.count, NR);
	assert_true((double)h.max == values[NR - 1]);
	for (size_t i = 0; i < sizeof(qs) / sizeof(qs[0]); i++) {
		double exact = values[(size_t)ceil(qs[i] * NR) - 1];

		assert_true(fabs(histogram_quantile(&h, qs[i]) - exact) <= exact / 32 + 0.5);
	}
	assert_true(histogram_quantile(&h, 1) <= (double)h.max);
}

static void test_merge_and_extremes(void **state)
{
	static struct histogram a, b, none;

	(void)state;
	assert_true(isnan(histogram_quantile(&none, 0.5)));
	histogram_add(&a, 0);
	histogram_add(&b, UINT64_C(1) << 40);
	histogram_merge(&a, &b);
	assert_int_equal(a.count, 2);
	assert_true(a.max == UINT64_C(1) << 40);
	assert_true(histogram_quantile(&a, 0.5) == 0);
	assert_true(histogram_quantile(&a, 1) > 1e11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_bounds),
	    cmocka_unit_test(test_quantiles),
	    cmocka_unit_test(test_merge_and_extremes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
