/* SPDX-License-Identifier: MIT */
/* Medians, ratios of rounds and of sweeps, and their intervals, compared with known exact
 * values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "harness/stats/interval.h"
#include "harness/stats/judge.h"
#include "harness/stats/mannwhitney.h"
#include "harness/stats/ratio.h"

enum { MOST = 100 };

static void assert_near(double found, double wanted)
{
	if (!(fabs(found - wanted) < 1e-9))
		fail_msg("found %.12g, not %.12g", found, wanted);
}

static void test_medians(void **state)
{
	const double odd[] = {5, 1, 3}, even[] = {4, 1, 3, 2};

	(void)state;
	assert_near(stats_median(odd, 3), 3);
	assert_near(stats_median(even, 4), 2.5);
	assert_near(stats_quantile(odd, 3, 1), 5);
	assert_true(isnan(stats_median(odd, 0)));
}

/* -- order statistics -- */

/* Stores n, n - 1, .. 1, so that the k-th smallest value is k. */
static void fill_descending(double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (double)(n - i);
}

static void assert_ranks(size_t n, double level, double low, double high, double coverage)
{
	double x[MOST];
	struct interval found;

	fill_descending(x, n);
	found = median_interval(x, n, level);
	assert_near(found.low, low);
	assert_near(found.high, high);
	assert_near(found.coverage, coverage);
	assert_true(x[0] == (double)n); /* the input is not modified */
}

/* Coverages calculated by hand, from sums of binomial coefficients. */
static void test_order_statistics(void **state)
{
	(void)state;
	assert_ranks(6, 0.95, 1, 6, 1 - 2.0 / 64);
	assert_ranks(9, 0.95, 2, 8, 1 - 2 * (1 + 9.0) / 512); /* coverage 0.9609 */
	assert_ranks(10, 0.95, 2, 9, 1 - 2 * (1 + 10.0) / 1024);
	assert_ranks(12, 0.95, 3, 10, 1 - 2 * (1 + 12 + 66.0) / 4096);
	assert_ranks(17, 0.95, 5, 13, 1 - 2 * (1 + 17 + 136 + 680 + 2380.0) / 131072);
	assert_ranks(9, 0.97, 1, 9, 1 - 2.0 / 512); /* ranks 2 and 8 of 9 do not suffice */
	assert_ranks(2, 0.5, 1, 2, 0.5);
	assert_ranks(14, 1 - 0.05 / 210, 1, 14, 1 - 2.0 / 16384);
}

static void test_too_few_samples(void **state)
{
	double x[MOST];

	(void)state;
	fill_descending(x, MOST);
	assert_false(interval_is_known(median_interval(x, 5, 0.95)));
	assert_near(median_interval(x, 5, 0.95).coverage, 0);
	assert_true(interval_is_known(median_interval(x, 5, 0.9375)));
	assert_false(interval_is_known(median_interval(x, 0, 0.95)));
	assert_int_equal(median_interval_samples(0.95), 6);
	assert_int_equal(median_interval_samples(1 - 0.05 / 210), 14);
}

static void test_samples_that_are_no_numbers(void **state)
{
	double x[MOST];

	(void)state;
	fill_descending(x, 9);
	x[4] = INFINITY;
	assert_near(median_interval(x, 9, 0.95).high, 9);
	x[4] = NAN;
	assert_false(interval_is_known(median_interval(x, 9, 0.95)));
}

/* -- ratios of rounds -- */

static struct round_values values_of(const unsigned int *rounds, const double *values, size_t nr)
{
	return (struct round_values){rounds, values, nr};
}

static void test_rounds_are_paired(void **state)
{
	const unsigned int of_a[] = {0, 1, 3, 4, 5, 6, 8, 9}, of_b[] = {1, 2, 3, 4, 5, 6, 7, 9};
	const double a[] = {1000, 20, 60, 80, 100, 120, 1000, 180};
	const double b[] = {10, 1000, 30, 40, 50, 60, 1000, 90};
	const struct round_values first = values_of(of_a, a, 8), second = values_of(of_b, b, 8);
	const struct round_ratio ratio = ratio_of_rounds(&first, &second, 1);

	(void)state;
	assert_int_equal(ratio.rounds, 6);
	assert_near(ratio.value, 2);
	assert_near(ratio.interval.low, 2);
	assert_near(ratio.interval.high, 2);
}

static const unsigned int FIRST_ROUNDS[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

/* Makes rounds on a machine whose speed varies widely. The ratios of A to B are given. */
static struct round_ratio ratio_from(const double *ratios, size_t nr, size_t comparisons)
{
	double a[16], b[16];
	struct round_values first, second;

	for (size_t i = 0; i < nr; i++) {
		b[i] = pow(2, (double)(i * 5 % 7));
		a[i] = ratios[i] * b[i];
	}
	first = values_of(FIRST_ROUNDS, a, nr);
	second = values_of(FIRST_ROUNDS, b, nr);
	return ratio_of_rounds(&first, &second, comparisons);
}

static void test_the_inverse_ratio_is_the_inverse(void **state)
{
	const double ratios[] = {2, 8, 3, 5, 4, 7, 9, 6};
	double inverse[8];
	struct round_ratio ratio = ratio_from(ratios, 8, 1), other;

	(void)state;
	for (size_t i = 0; i < 8; i++)
		inverse[i] = 1 / ratios[i];
	other = ratio_from(inverse, 8, 1);
	assert_near(ratio.value, sqrt(30));
	assert_near(other.value, 1 / ratio.value);
	assert_near(other.interval.low, 1 / ratio.interval.high);
	assert_near(other.interval.high, 1 / ratio.interval.low);
}

static void test_ratios_to_nothing(void **state)
{
	const double some[] = {1, 2, 3, 4, 5, 6}, none[] = {0, 0, 0, 0, 0, 0};
	const struct round_values a = values_of(FIRST_ROUNDS, some, 6);
	const struct round_values b = values_of(FIRST_ROUNDS, none, 6);
	const struct round_values no_rounds = {0};

	(void)state;
	assert_true(isinf(ratio_of_rounds(&a, &b, 1).value));
	assert_near(ratio_of_rounds(&b, &a, 1).interval.high, 0);
	assert_near(ratio_of_rounds(&b, &b, 1).value, 1);
	assert_true(isnan(ratio_of_rounds(&a, &no_rounds, 1).value));
	assert_false(interval_is_known(ratio_of_rounds(&a, &no_rounds, 1).interval));
}

/* -- ratios of sweeps -- */

/* From tables of the Mann-Whitney test: at 5%, the critical U is 2 for 5 and 5 values, and 127 for
 * 20 and 20 values. */
static void test_ranks_of_pairs(void **state)
{
	double coverage;

	(void)state;
	assert_int_equal(mannwhitney_rank(5, 5, 0.95, &coverage), 2 + 1);
	assert_near(coverage, 1 - 2 * 4.0 / 252);
	assert_int_equal(mannwhitney_rank(8, 6, 0.95, &coverage), 8 + 1);
	assert_int_equal(mannwhitney_rank(20, 20, 0.95, &coverage), 127 + 1);
	assert_int_equal(mannwhitney_rank(3, 3, 0.95, &coverage), 0);
	assert_near(coverage, 0);
	assert_int_equal(mannwhitney_rank(0, 9, 0.95, &coverage), 0);
}

/* Above 44 values each, the normal approximation replaces the exact distribution. */
static void test_ranks_of_many_pairs(void **state)
{
	double exact, normal;
	const size_t before = mannwhitney_rank(40, 50, 1 - 1e-4, &exact);
	const size_t after = mannwhitney_rank(40, 51, 1 - 1e-4, &normal);

	(void)state;
	assert_in_range(after, before, before + 20);
	assert_true(exact >= 1 - 1e-4 && normal >= 1 - 1e-4 && normal < 1 - 0.9e-4);
}

static void test_two_sweeps(void **state)
{
	const double a[] = {1, 2, 4, 8, 16}, b[] = {1 * 3, 2 * 3, 4 * 3, 8 * 3, 16 * 3};
	struct round_ratio ratio = ratio_of_sweeps(a, 5, b, 5, 1, 0);

	(void)state;
	assert_near(ratio.value, 3);
	/* One of the 25 pairs has the ratio 1/16, two have 1/8, and so on. */
	assert_near(ratio.interval.low, 3.0 / 8);
	assert_near(ratio.interval.high, 3.0 * 8);
	ratio = ratio_of_sweeps(a, 5, b, 5, 1, 0.5);
	assert_near(ratio.interval.low, 3.0 / 8 / 1.5);
	assert_near(ratio.interval.high, 3.0 * 8 * 1.5);
	assert_int_equal(ratio.rounds, 5);
	ratio = ratio_of_sweeps(a, 5, b, 0, 1, 0);
	assert_true(isnan(ratio.value) && !interval_is_known(ratio.interval));
}

/* Returns the share of experiments in which the interval contains 1 for two samples of the same
 * skewed distribution. */
static double share_that_holds_1(gsl_rng *rng, size_t nr_a, size_t nr_b)
{
	enum { EXPERIMENTS = 2000 };
	unsigned int held = 0;

	for (unsigned int i = 0; i < EXPERIMENTS; i++) {
		double a[MOST], b[MOST];
		struct interval found;

		for (size_t j = 0; j < MOST; j++) {
			a[j] = gsl_ran_lognormal(rng, 0, 1);
			b[j] = gsl_ran_lognormal(rng, 0, 1);
		}
		found = ratio_of_sweeps(a, nr_a, b, nr_b, 1, 0).interval;
		held += found.low <= 1 && 1 <= found.high;
	}
	return (double)held / EXPERIMENTS;
}

static void test_coverage_of_two_sweeps(void **state)
{
	static const size_t sizes[][2] = {{6, 6}, {9, 20}, {45, 46}};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	(void)state;
	gsl_rng_set(rng, 1);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const double share = share_that_holds_1(rng, sizes[i][0], sizes[i][1]);

		assert_true(share > 0.95 && share < 0.985);
	}
	gsl_rng_free(rng);
}

/* -- the rule -- */

static struct round_ratio ratio_within(double low, double value, double high, double wider)
{
	return (struct round_ratio){.value = value,
	    .interval = {low, high, 0.96},
	    .simultaneous = {low / wider, high * wider, 0.9998},
	    .rounds = 20,
	    .comparisons = 210};
}

static enum difference difference_of(struct round_ratio ratio)
{
	return judge_ratio(&ratio, 0.05).difference;
}

static void test_the_rule(void **state)
{
	(void)state;
	assert_int_equal(difference_of(ratio_within(1.2, 1.3, 1.4, 1.1)), DIFFERENCE_MORE);
	assert_int_equal(difference_of(ratio_within(1.05, 1.1, 1.2, 1.1)), DIFFERENCE_UNRESOLVED);
	assert_int_equal(difference_of(ratio_within(0.7, 0.75, 0.8, 1.1)), DIFFERENCE_LESS);
	assert_int_equal(difference_of(ratio_within(0.96, 1, 1.04, 1.1)), DIFFERENCE_EQUAL);
	assert_int_equal(difference_of(ratio_within(0.96, 1, 1.06, 1.1)), DIFFERENCE_UNRESOLVED);
	assert_int_equal(difference_of(ratio_within(0.94, 1, 1.04, 1.1)), DIFFERENCE_UNRESOLVED);
	/* A difference that is too small to matter is still reported if the interval excludes 1. */
	assert_int_equal(difference_of(ratio_within(1.01, 1.02, 1.03, 1.001)), DIFFERENCE_MORE);
}

static void test_the_rule_of_few_rounds(void **state)
{
	const double same[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
	const double twice[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
	struct round_ratio ratio = ratio_from(same, 5, 210);

	(void)state;
	assert_int_equal(judge_ratio(&ratio, 0.05).difference, DIFFERENCE_TOO_FEW);
	assert_int_equal(judge_ratio(&ratio, 0.05).more_rounds, 9);
	assert_int_equal(difference_of(ratio_from(same, 6, 210)), DIFFERENCE_EQUAL);
	assert_int_equal(difference_of(ratio_from(twice, 6, 1)), DIFFERENCE_MORE);
	ratio = ratio_from(twice, 10, 210); /* 210 comparisons need 14 rounds */
	assert_int_equal(judge_ratio(&ratio, 0.05).difference, DIFFERENCE_TOO_FEW);
	assert_int_equal(judge_ratio(&ratio, 0.05).more_rounds, 4);
	assert_int_equal(difference_of(ratio_from(twice, 14, 210)), DIFFERENCE_MORE);
}

static void assert_text(struct round_ratio ratio, const char *text)
{
	const struct judgement judgement = judge_ratio(&ratio, 0.05);

	assert_string_equal(judgement_text(&judgement, "faster", "slower").s, text);
}

static void test_texts(void **state)
{
	(void)state;
	assert_text(ratio_within(1.2, 1.3, 1.4, 1.1), "faster");
	assert_text(ratio_within(0.7, 0.75, 0.8, 1.1), "slower");
	assert_text(ratio_within(0.99, 1, 1.01, 1.1), "no difference");
	/* ln(0.66 / 0.35) / ln 1.05 is 13, so 13 * 13 times as many rounds are needed. */
	assert_text(ratio_within(0.35, 0.66, 1.18, 1.1),
	    "cannot tell: differences below 65% are not resolved here; about 3400 more rounds "
	    "would resolve 5%");
	assert_text(ratio_within(1 / 1.10, 1, 1.08, 1.1),
	    "cannot tell: differences below 9.1% are not resolved here; about 57 more rounds "
	    "would resolve 5%");
	assert_text(
	    ratio_within(0, 1, INFINITY, 1.1), "cannot tell: no difference is resolved here");
	assert_text((struct round_ratio){.value = NAN,
			.interval = no_interval,
			.simultaneous = no_interval,
			.rounds = 2,
			.comparisons = 1},
	    "too few rounds to tell: 4 more are needed");
}

/* -- when to stop -- */

static void test_precision(void **state)
{
	struct round_ratio ratio = ratio_within(0.96, 1, 1.02, 1.1);

	(void)state;
	assert_near(ratio_precision(&ratio), 0.04);
	assert_true(precision_reached(&ratio, 0.05));
	assert_false(precision_reached(&ratio, 0.03));
	ratio = ratio_within(1.9, 2, 2.2, 1.1);
	assert_near(ratio_precision(&ratio), 0.1);
	ratio.simultaneous = no_interval; /* no difference can be reported */
	assert_false(precision_reached(&ratio, 0.2));
	ratio.interval = no_interval;
	assert_true(isinf(ratio_precision(&ratio)));
}

static void test_looks(void **state)
{
	size_t looks = 0;

	(void)state;
	for (size_t rounds = 0, next; rounds < 1000; rounds = next, looks++) {
		next = stats_next_look(rounds);
		assert_true(next > rounds);
		assert_int_equal(stats_next_look(next - 1), next);
	}
	assert_in_range(looks, 10, 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_medians),
	    cmocka_unit_test(test_order_statistics),
	    cmocka_unit_test(test_too_few_samples),
	    cmocka_unit_test(test_samples_that_are_no_numbers),
	    cmocka_unit_test(test_rounds_are_paired),
	    cmocka_unit_test(test_the_inverse_ratio_is_the_inverse),
	    cmocka_unit_test(test_ratios_to_nothing),
	    cmocka_unit_test(test_ranks_of_pairs),
	    cmocka_unit_test(test_ranks_of_many_pairs),
	    cmocka_unit_test(test_two_sweeps),
	    cmocka_unit_test(test_coverage_of_two_sweeps),
	    cmocka_unit_test(test_the_rule),
	    cmocka_unit_test(test_the_rule_of_few_rounds),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_precision),
	    cmocka_unit_test(test_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
