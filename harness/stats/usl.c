/* SPDX-License-Identifier: MIT */
#include "harness/stats/usl.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_rng.h>

#include "harness/memory.h"

enum { RESAMPLES = 1000, ITERATIONS = 50, NR_COEFFICIENTS = 3 };

static const double LEVEL = 0.95;

/* Smallest start value of sigma and kappa. The solver varies their square roots and cannot leave 0,
 * where the derivative of a square is 0. */
static const double LEAST_START = 1e-6;

/* Two fits count as equally good if their residuals differ by at most this fraction. */
static const double EQUAL = 1e-6;

/* The points of one fit: the median rate for each number of threads. */
struct medians {
	const double *threads;
	double *rates;
	size_t nr;
	double most; /* largest number of threads */
};

double usl_throughput(const struct usl_curve *curve, double threads)
{
	const double others = threads - 1;

	return curve->lambda * threads /
	       (1 + curve->sigma * others + curve->kappa * threads * others);
}

double usl_peak(const struct usl_curve *curve)
{
	if (curve->sigma >= 1)
		return 1;
	return curve->kappa > 0 ? fmax(1, sqrt((1 - curve->sigma) / curve->kappa)) : INFINITY;
}

/* -- one fit: the solver varies x = (log(lambda), sqrt(sigma), sqrt(kappa)) -- */

static struct usl_curve curve_of(const gsl_vector *x)
{
	const double s = gsl_vector_get(x, 1), k = gsl_vector_get(x, 2);

	return (struct usl_curve){exp(gsl_vector_get(x, 0)), s * s, k * k};
}

/* Sets coefficients to 0 if they change no rate by more than a millionth. If the best square root
 * is 0, the solver only halves its estimate at each step and never reaches 0. */
static void snap_to_zero(struct usl_curve *curve, double most)
{
	if (curve->sigma * (most - 1) < 1e-6)
		curve->sigma = 0;
	if (curve->kappa * most * (most - 1) < 1e-6)
		curve->kappa = 0;
}

/* The residuals are differences of logarithms, because noise is proportional to the rate, and rates
 * may differ by orders of magnitude. */
static int fill_residuals(const gsl_vector *x, void *arg, gsl_vector *f)
{
	const struct medians *medians = arg;
	const struct usl_curve curve = curve_of(x);

	for (size_t i = 0; i < medians->nr; i++)
		gsl_vector_set(f, i,
		    log(usl_throughput(&curve, medians->threads[i])) - log(medians->rates[i]));
	return GSL_SUCCESS;
}

static int fill_jacobian(const gsl_vector *x, void *arg, gsl_matrix *j)
{
	const struct medians *medians = arg;
	const double s = gsl_vector_get(x, 1), k = gsl_vector_get(x, 2);

	for (size_t i = 0; i < medians->nr; i++) {
		const double n = medians->threads[i];
		const double below = 1 + s * s * (n - 1) + k * k * n * (n - 1);

		gsl_matrix_set(j, i, 0, 1);
		gsl_matrix_set(j, i, 1, -2 * s * (n - 1) / below);
		gsl_matrix_set(j, i, 2, -2 * k * n * (n - 1) / below);
	}
	return GSL_SUCCESS;
}

/* Fits without the constraint that sigma and kappa are not negative. The inverse rate is a
 * polynomial, N / X(N) = (1 - sigma) / lambda + (sigma - kappa) / lambda N + kappa / lambda N^2, so
 * a linear fit gives its coefficients. Returns false if the fit gives no positive lambda. */
static bool linear_fit(const struct medians *medians, struct usl_curve *curve)
{
	gsl_multifit_linear_workspace *work =
	    gsl_multifit_linear_alloc(medians->nr, NR_COEFFICIENTS);
	gsl_matrix *powers = gsl_matrix_alloc(medians->nr, NR_COEFFICIENTS);
	gsl_matrix *covariance = gsl_matrix_alloc(NR_COEFFICIENTS, NR_COEFFICIENTS);
	gsl_vector *ones = gsl_vector_alloc(medians->nr);
	gsl_vector *c = gsl_vector_alloc(NR_COEFFICIENTS);
	double inverse, chisq;
	bool fitted;

	/* Each equation is divided by its N / X, so that the fit minimizes relative errors. */
	gsl_vector_set_all(ones, 1);
	for (size_t i = 0; i < medians->nr; i++) {
		for (size_t j = 0; j < NR_COEFFICIENTS; j++)
			gsl_matrix_set(powers, i, j,
			    pow(medians->threads[i], (double)j) * medians->rates[i] /
				medians->threads[i]);
	}
	fitted = !gsl_multifit_linear(powers, ones, c, covariance, &chisq, work);
	inverse = gsl_vector_get(c, 0) + gsl_vector_get(c, 1) + gsl_vector_get(c, 2);
	*curve = (struct usl_curve){.lambda = 1 / inverse,
	    .sigma = 1 - gsl_vector_get(c, 0) / inverse,
	    .kappa = gsl_vector_get(c, 2) / inverse};
	gsl_vector_free(c);
	gsl_vector_free(ones);
	gsl_matrix_free(covariance);
	gsl_matrix_free(powers);
	gsl_multifit_linear_free(work);
	return fitted && inverse > 0;
}

static struct usl_curve start_of(const struct medians *medians)
{
	struct usl_curve curve;

	if (!linear_fit(medians, &curve))
		curve = (struct usl_curve){.lambda = medians->rates[0] / medians->threads[0]};
	curve.sigma = fmax(curve.sigma, LEAST_START);
	curve.kappa = fmax(curve.kappa, LEAST_START);
	return curve;
}

/* Returns the norm of the residuals, or INFINITY if the solver failed. A square root that starts at
 * 0 stays 0. */
static double solve_from(gsl_multifit_nlinear_workspace *work, struct medians *medians,
    const struct usl_curve *start, struct usl_curve *curve, bool *converged)
{
	double x[NR_COEFFICIENTS] = {log(start->lambda), sqrt(start->sigma), sqrt(start->kappa)};
	gsl_vector_view from = gsl_vector_view_array(x, NR_COEFFICIENTS);
	gsl_multifit_nlinear_fdf fdf = {.f = fill_residuals,
	    .df = fill_jacobian,
	    .n = medians->nr,
	    .p = NR_COEFFICIENTS,
	    .params = medians};
	int why = 0, status;
	double left;

	gsl_multifit_nlinear_init(&from.vector, &fdf, work);
	status = gsl_multifit_nlinear_driver(ITERATIONS, 1e-10, 1e-10, 0, NULL, NULL, &why, work);
	*curve = curve_of(gsl_multifit_nlinear_position(work));
	left = gsl_blas_dnrm2(gsl_multifit_nlinear_residual(work));
	/* GSL_ENOPROG means that no step improves the fit, for example because it is perfect. If
	 * even the first step does not, the driver reports this only in `why`. */
	*converged = status == GSL_SUCCESS || status == GSL_ENOPROG || why == GSL_ENOPROG;
	return isfinite(curve->lambda + curve->sigma + curve->kappa) ? left : INFINITY;
}

/* Fits the law to the medians. Returns false if no fit is finite. The solver approaches a
 * coefficient of 0 but never reaches it. If it does not converge, it is therefore also run with
 * sigma, kappa or both starting at 0, where they stay, and the best fit is used. */
static bool solve_curve(
    gsl_multifit_nlinear_workspace *work, struct medians *medians, struct usl_curve *curve)
{
	const struct usl_curve start = start_of(medians);
	const struct usl_curve edges[] = {
	    {start.lambda, start.sigma, 0}, {start.lambda, 0, start.kappa}, {start.lambda, 0, 0}};
	bool converged;
	double least = solve_from(work, medians, &start, curve, &converged);

	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]) && !converged; i++) {
		struct usl_curve on_edge;
		bool ignored;
		double left = solve_from(work, medians, &edges[i], &on_edge, &ignored);

		if (left <= least * (1 + EQUAL)) {
			least = left;
			*curve = on_edge;
		}
	}
	snap_to_zero(curve, medians->most);
	return isfinite(least);
}

/* -- bootstrap -- */

static bool can_resample(const struct usl_sample *samples, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (samples[i].nr < 2)
			return false;
	}
	return true;
}

static size_t most_repetitions(const struct usl_sample *samples, size_t nr)
{
	size_t most = 0;

	for (size_t i = 0; i < nr; i++)
		most = samples[i].nr > most ? samples[i].nr : most;
	return most;
}

/* Fits curves to the medians of resampled repetitions. The seed is fixed, so that a report is
 * reproducible. */
static void resample_curves(struct usl *usl, const struct usl_sample *samples,
    gsl_multifit_nlinear_workspace *work, struct medians *medians)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	double *scratch = allocate(most_repetitions(samples, medians->nr), sizeof(*scratch));

	usl->resampled = allocate(RESAMPLES, sizeof(*usl->resampled));
	gsl_rng_set(rng, 1);
	for (size_t r = 0; r < RESAMPLES; r++) {
		for (size_t i = 0; i < medians->nr; i++)
			medians->rates[i] =
			    stats_resampled_median(rng, samples[i].rates, samples[i].nr, scratch);
		usl->nr_resampled += solve_curve(work, medians, &usl->resampled[usl->nr_resampled]);
	}
	gsl_rng_free(rng);
	free(scratch);
}

typedef double curve_value(const struct usl_curve *curve, double at);

static struct interval interval_of(const struct usl *usl, curve_value *value, double at)
{
	double *values = allocate(usl->nr_resampled, sizeof(*values));
	struct interval interval;

	for (size_t i = 0; i < usl->nr_resampled; i++)
		values[i] = value(&usl->resampled[i], at);
	interval = stats_middle(values, usl->nr_resampled, LEVEL);
	free(values);
	return interval;
}

enum { LAMBDA, SIGMA, KAPPA, INVERSE_PEAK };

/* The inverse of the peak: it is 0 for a curve without a peak. Quantiles of the peaks themselves
 * would have to be interpolated between infinities. */
static double coefficient_of(const struct usl_curve *curve, double which)
{
	const double all[] = {curve->lambda, curve->sigma, curve->kappa, 1 / usl_peak(curve)};

	return all[(int)which];
}

struct interval usl_band(const struct usl *usl, double threads)
{
	return interval_of(usl, usl_throughput, threads);
}

/* -- checks of the samples -- */

static int by_value(const void *left, const void *right)
{
	const double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static size_t count_distinct(const struct usl_sample *samples, size_t nr)
{
	double *threads = allocate(nr, sizeof(*threads));
	size_t distinct = 0;

	for (size_t i = 0; i < nr; i++)
		threads[i] = samples[i].threads;
	qsort(threads, nr, sizeof(*threads), by_value);
	for (size_t i = 0; i < nr; i++)
		distinct += !i || threads[i] != threads[i - 1];
	free(threads);
	return distinct;
}

static int check_sample(const struct usl_sample *sample, struct error *err)
{
	if (!(sample->threads >= 1) || !isfinite(sample->threads))
		return error_set(err, "%g is not a valid number of threads", sample->threads);
	if (!sample->nr)
		return error_set(err, "no repetition with %g threads", sample->threads);
	for (size_t i = 0; i < sample->nr; i++) {
		if (!(sample->rates[i] > 0) || !isfinite(sample->rates[i]))
			return error_set(err,
			    "%g items per second with %g threads is not a finite rate above 0",
			    sample->rates[i], sample->threads);
	}
	return 0;
}

static int check_samples(const struct usl_sample *samples, size_t nr, struct error *err)
{
	const size_t distinct = count_distinct(samples, nr);

	for (size_t i = 0; i < nr; i++) {
		if (check_sample(&samples[i], err))
			return -1;
	}
	if (distinct < USL_LEAST_COUNTS)
		return error_set(err, "%zu thread count%s, at least %d are needed", distinct,
		    distinct == 1 ? "" : "s", USL_LEAST_COUNTS);
	if (distinct < nr)
		return error_set(err, "two samples have the same number of threads");
	return 0;
}

/* -- the whole fit -- */

static void describe_fit(struct usl *usl, const struct medians *medians)
{
	usl->least = usl->most = medians->most;
	for (size_t i = 0; i < medians->nr; i++) {
		const double n = medians->threads[i];

		usl->least = fmin(usl->least, n);
		usl->worst =
		    fmax(usl->worst, fabs(usl_throughput(&usl->curve, n) / medians->rates[i] - 1));
	}
}

static void describe_intervals(struct usl *usl)
{
	const struct interval inverse = interval_of(usl, coefficient_of, INVERSE_PEAK);

	usl->lambda = interval_of(usl, coefficient_of, LAMBDA);
	usl->sigma = interval_of(usl, coefficient_of, SIGMA);
	usl->kappa = interval_of(usl, coefficient_of, KAPPA);
	usl->peak = interval_between(1 / inverse.high, 1 / inverse.low);
}

static int fit_medians(
    struct usl *usl, const struct usl_sample *samples, struct medians *medians, struct error *err)
{
	const gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
	gsl_multifit_nlinear_workspace *work = gsl_multifit_nlinear_alloc(
	    gsl_multifit_nlinear_trust, &how, medians->nr, NR_COEFFICIENTS);
	bool solved = solve_curve(work, medians, &usl->curve);

	if (solved) {
		describe_fit(usl, medians);
		if (can_resample(samples, medians->nr))
			resample_curves(usl, samples, work, medians);
		describe_intervals(usl);
	}
	gsl_multifit_nlinear_free(work);
	return solved ? 0 : error_set(err, "the solver found no curve near the points");
}

int usl_fit(struct usl *usl, const struct usl_sample *samples, size_t nr, struct error *err)
{
	double *threads = allocate(nr + 1, sizeof(*threads));
	double *rates = allocate(nr + 1, sizeof(*rates));
	struct medians medians = {threads, rates, nr, 0};
	gsl_error_handler_t *handler;
	int ret;

	*usl = (struct usl){0};
	ret = check_samples(samples, nr, err);
	if (!ret) {
		for (size_t i = 0; i < nr; i++) {
			threads[i] = samples[i].threads;
			rates[i] = stats_median(samples[i].rates, samples[i].nr);
			medians.most = fmax(medians.most, threads[i]);
		}
		/* GSL's default handler aborts the program. All status codes are checked
		 * instead. */
		handler = gsl_set_error_handler_off();
		ret = fit_medians(usl, samples, &medians, err);
		gsl_set_error_handler(handler);
	}
	free(threads);
	free(rates);
	return ret;
}

void usl_free(struct usl *usl)
{
	free(usl->resampled);
	*usl = (struct usl){0};
}
