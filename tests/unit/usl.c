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

#include "harness/stats/usl.h"

enum { COUNTS = 9, REPETITIONS = 5 };

static const double counts[COUNTS] = {1, 2, 4, 8, 16, 32, 64, 128, 256};

struct sweep_made {
	double rates[COUNTS][REPETITIONS];
	struct usl_sample samples[COUNTS];
};

/* Makes rates on the curve, and multiplies each by exp(x), where x is normal with this standard
 * deviation. */
static void make_samples(
    struct sweep_made *made, const struct usl_curve *curve, double width, gsl_rng *rng)
{
	for (size_t i = 0; i < COUNTS; i++) {
		for (size_t r = 0; r < REPETITIONS; r++)
			made->rates[i][r] = usl_throughput(curve, counts[i]) *
			                    (width > 0 ? exp(gsl_ran_gaussian(rng, width)) : 1);
		made->samples[i] = (struct usl_sample){counts[i], made->rates[i], REPETITIONS};
	}
}

static void assert_close(double found, double wanted, double error)
{
	if (!(fabs(found - wanted) <= error))
		fail_msg("found %.12g, wanted %.12g", found, wanted);
}

static void test_throughput(void **state)
{
	const struct usl_curve curve = {10, 0.5, 0.25};

	(void)state;
	assert_close(usl_throughput(&curve, 1), 10, 0);
	assert_close(usl_throughput(&curve, 2), 10, 1e-12);
	assert_close(usl_throughput(&curve, 4), 40 / 5.5, 1e-12);
}

static void test_peak(void **state)
{
	const struct usl_curve linear = {1, 0, 0}, serial = {1, 0.3, 0}, usual = {1, 0.04, 0.0015},
			       falling = {1, 1.5, 0}, at_once = {1, 0.1, 2};
	const double peak = usl_peak(&usual);

	(void)state;
	assert_true(isinf(usl_peak(&linear)) && isinf(usl_peak(&serial)));
	assert_close(peak, sqrt(0.96 / 0.0015), 1e-12);
	assert_true(usl_throughput(&usual, peak) > usl_throughput(&usual, peak * 1.01));
	assert_true(usl_throughput(&usual, peak) > usl_throughput(&usual, peak / 1.01));
	assert_close(usl_peak(&falling), 1, 0);
	assert_close(usl_peak(&at_once), 1, 0);
}

/* The fit returns the coefficients from which the rates were made, even if either is 0, or if a
 * second thread slows the first. */
static void test_exact(void **state)
{
	const struct usl_curve curves[] = {{4e7, 0.05, 0.001}, {1e3, 0, 0}, {3.5e6, 0.9, 0},
	    {1, 0, 0.02}, {5e9, 1.8, 0.3}, {2e7, 1e-3, 1e-7}, {7, 0.5, 10}};

	(void)state;
	for (size_t i = 0; i < sizeof(curves) / sizeof(curves[0]); i++) {
		struct sweep_made made;
		struct error err;
		struct usl usl;

		make_samples(&made, &curves[i], 0, NULL);
		assert_int_equal(usl_fit(&usl, made.samples, COUNTS, &err), 0);
		assert_close(usl.curve.lambda / curves[i].lambda, 1, 1e-6);
		assert_close(usl.curve.sigma, curves[i].sigma, 1e-6 * (1 + curves[i].sigma));
		assert_close(usl.curve.kappa, curves[i].kappa, 1e-8 + 1e-6 * curves[i].kappa);
		assert_close(usl.worst, 0, 1e-6);
		assert_true(usl.least == 1 && usl.most == 256);
		assert_close(usl.sigma.high - usl.sigma.low, 0, 1e-9);
		assert_close(usl_band(&usl, 300).low / usl_throughput(&usl.curve, 300), 1, 1e-6);
		usl_free(&usl);
	}
}

/* Points may be in any order, and the point for a single thread may be missing. */
static void test_order(void **state)
{
	const struct usl_curve curve = {2e7, 0.1, 0.004};
	struct usl_sample some[4];
	struct sweep_made made;
	struct error err;
	struct usl usl;

	(void)state;
	make_samples(&made, &curve, 0, NULL);
	for (size_t i = 0; i < 4; i++)
		some[i] = made.samples[6 - i];
	assert_int_equal(usl_fit(&usl, some, 4, &err), 0);
	assert_close(usl.curve.lambda, 2e7, 20);
	assert_close(usl.curve.kappa, 0.004, 1e-7);
	assert_true(usl.least == 8 && usl.most == 64);
	usl_free(&usl);
}

static int interval_holds(struct interval interval, double truth)
{
	return interval.low <= truth && truth <= interval.high;
}

/* Number of experiments in which the intervals contain the true values. */
struct coverage {
	unsigned int sigma, kappa, peak, within, beyond;
};

enum { EXPERIMENTS = 200 };

static struct coverage measure_coverage(
    const struct usl_curve *curve, double width, unsigned long seed)
{
	struct coverage cover = {0};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	gsl_rng_set(rng, seed);
	for (unsigned int i = 0; i < EXPERIMENTS; i++) {
		struct sweep_made made;
		struct error err;
		struct usl usl;

		make_samples(&made, curve, width, rng);
		assert_int_equal(usl_fit(&usl, made.samples, COUNTS, &err), 0);
		assert_true(usl.worst > 0 && usl.worst < 4 * width);
		assert_true(interval_holds(usl.sigma, usl.curve.sigma) &&
			    interval_holds(usl.kappa, usl.curve.kappa));
		cover.sigma += interval_holds(usl.sigma, curve->sigma);
		cover.kappa += interval_holds(usl.kappa, curve->kappa);
		cover.peak += interval_holds(usl.peak, usl_peak(curve));
		cover.within += interval_holds(usl_band(&usl, 48), usl_throughput(curve, 48));
		cover.beyond += interval_holds(usl_band(&usl, 1024), usl_throughput(curve, 1024));
		usl_free(&usl);
	}
	gsl_rng_free(rng);
	return cover;
}

/* Checks how many of the 95% intervals contain the true value. The number must not be more than
 * three standard deviations below its mean. If all contained it, the intervals would be too
 * wide. */
static void assert_covered(unsigned int held)
{
	assert_in_range(held, EXPERIMENTS * 90 / 100, EXPERIMENTS - 1);
}

/* Up to 256 threads, with the default repetitions of `ownbench run`. */
static void test_noise(void **state)
{
	const struct usl_curve bent = {4e7, 0.05, 0.001};
	const struct coverage found = measure_coverage(&bent, 0.05, 1);

	(void)state;
	assert_covered(found.sigma);
	assert_covered(found.kappa);
	assert_covered(found.peak);
	assert_covered(found.within);
	assert_covered(found.beyond);
}

static double curve_misfit(const struct usl_curve *curve, const struct usl_sample *samples)
{
	double sum = 0;

	for (size_t i = 0; i < COUNTS; i++)
		sum += pow(log(usl_throughput(curve, samples[i].threads) / samples[i].rates[0]), 2);
	return sum;
}

/* Returns the least misfit on a grid of sigma and kappa, with the best lambda for each. */
static double least_on_grid(const struct usl_sample *samples)
{
	enum { STEPS = 40 };
	double least = INFINITY;

	for (int i = 0; i < STEPS * STEPS; i++) {
		const int s = i / STEPS, k = i % STEPS;
		struct usl_curve curve = {1, s ? pow(10, -5 + 6.0 * s / STEPS) : 0,
		    k ? pow(10, -8 + 9.0 * k / STEPS) : 0};
		double mean = 0;

		for (size_t j = 0; j < COUNTS; j++)
			mean +=
			    log(samples[j].rates[0] / usl_throughput(&curve, samples[j].threads)) /
			    COUNTS;
		curve.lambda = exp(mean);
		least = fmin(least, curve_misfit(&curve, samples));
	}
	return least;
}

/* No curve on the grid is closer to the points, whatever they are. */
static void test_nothing_is_nearer(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	(void)state;
	gsl_rng_set(rng, 2);
	for (unsigned int i = 0; i < 200; i++) {
		const struct usl_curve curve = {1e6,
		    i % 3 ? pow(10, gsl_ran_flat(rng, -5, 0.5)) : 0,
		    i % 4 ? pow(10, gsl_ran_flat(rng, -8, 0.5)) : 0};
		struct sweep_made made;
		struct error err;
		struct usl usl;

		make_samples(&made, &curve, pow(10, gsl_ran_flat(rng, -3, 0)), rng);
		for (size_t j = 0; j < COUNTS; j++)
			made.samples[j].nr = 1;
		assert_int_equal(usl_fit(&usl, made.samples, COUNTS, &err), 0);
		assert_true(curve_misfit(&usl.curve, made.samples) <=
			    least_on_grid(made.samples) * 1.001 + 1e-12);
		usl_free(&usl);
	}
	gsl_rng_free(rng);
}

/* If the points are faster than linear, no coefficient becomes negative, and the misfit shows that
 * the law does not apply. */
static void test_superlinear(void **state)
{
	const double rates[4] = {1, 2.5, 6, 14};
	struct usl_sample samples[4];
	struct error err;
	struct usl usl;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		samples[i] = (struct usl_sample){counts[i], &rates[i], 1};
	assert_int_equal(usl_fit(&usl, samples, 4, &err), 0);
	assert_close(usl.curve.sigma, 0, 1e-6);
	assert_close(usl.curve.kappa, 0, 1e-6);
	assert_true(usl.worst > 0.2);
	/* One repetition gives no information about noise. */
	assert_true(isnan(usl.sigma.low) && isnan(usl.kappa.high) && isnan(usl.peak.low));
	assert_true(isnan(usl_band(&usl, 2).low) && !usl.nr_resampled);
	usl_free(&usl);
}

static void assert_refused(const struct usl_sample *samples, size_t nr, const char *why)
{
	struct error err;
	struct usl usl;

	assert_int_equal(usl_fit(&usl, samples, nr, &err), -1);
	assert_string_equal(err.text, why);
	usl_free(&usl);
}

static void test_refusals(void **state)
{
	const struct usl_curve curve = {100, 0.1, 0.01};
	struct sweep_made made;

	(void)state;
	make_samples(&made, &curve, 0, NULL);
	assert_refused(made.samples, 0, "0 thread counts, at least 4 are needed");
	assert_refused(made.samples, 1, "1 thread count, at least 4 are needed");
	assert_refused(made.samples, 3, "3 thread counts, at least 4 are needed");
	made.samples[3].threads = 4;
	assert_refused(made.samples, 4, "3 thread counts, at least 4 are needed");
	assert_refused(made.samples, COUNTS, "two samples have the same number of threads");
	made.samples[3].threads = 0;
	assert_refused(made.samples, 4, "0 is not a valid number of threads");
	made.samples[3].threads = NAN;
	assert_refused(made.samples, 4, "nan is not a valid number of threads");
	made.samples[3].threads = 8;
	made.samples[3].nr = 0;
	assert_refused(made.samples, 4, "no repetition with 8 threads");
	made.samples[3].nr = REPETITIONS;
	made.rates[3][2] = 0;
	assert_refused(
	    made.samples, 4, "0 items per second with 8 threads is not a finite rate above 0");
	made.rates[3][2] = INFINITY;
	assert_refused(
	    made.samples, 4, "inf items per second with 8 threads is not a finite rate above 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_throughput),
	    cmocka_unit_test(test_peak),
	    cmocka_unit_test(test_exact),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_noise),
	    cmocka_unit_test(test_nothing_is_nearer),
	    cmocka_unit_test(test_superlinear),
	    cmocka_unit_test(test_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
