/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/axis.h"
#include "harness/report/number.h"
#include "harness/report/parts.h"
#include "harness/stats/usl.h"

/* BEYOND: the curve is drawn up to this multiple of the largest measured number of threads. */
enum { BEYOND = 4, CURVE_STEPS = 24 };

/* The measurements of one implementation on the axis of threads. */
struct samples {
	const char *implementation;
	struct usl_sample *list; /* runs that passed, with no more threads than CPUs */
	size_t nr;
	bool left_out; /* runs with more threads than CPUs exist, but are not in the list */
};

static void take_samples(struct samples *samples, const struct point *const *points, size_t nr,
    const char *implementation, unsigned int cpus)
{
	*samples = (struct samples){
	    .implementation = implementation, .list = allocate(nr + 1, sizeof(*samples->list))};
	for (size_t i = 0; i < nr; i++) {
		const struct point_run *run = point_find(points[i], implementation);

		if (!run || isnan(run->median))
			continue;
		if (cpus && points[i]->where->threads > cpus)
			samples->left_out = true;
		else
			samples->list[samples->nr++] =
			    (struct usl_sample){points[i]->where->threads, run->values, run->nr};
	}
}

/* -- one fit -- */

static json_t *coefficient_json(double value, struct interval interval)
{
	return measure_json(value, interval, 0, number_plain);
}

/* Describes the peak of a curve. The value is null if the curve has no peak. */
static json_t *peak_json(const struct usl *usl)
{
	const double at = usl_peak(&usl->curve);
	const struct text interval = number_interval(usl->peak, number_plain);

	return json_pack("{s:o, s:s, s:o, s:b}", "value", number_or_null(at), "text",
	    isfinite(at) ? number_plain(at).s : "none", "interval",
	    string_or_null(*interval.s ? interval.s : NULL), "model", at > usl->most);
}

static void add_step(json_t *model, const struct usl *usl, double threads)
{
	const struct interval band = usl_band(usl, threads);

	json_array_append_new(
	    model, json_pack("[f,f,o,o]", threads, usl_throughput(&usl->curve, threads),
		       number_or_null(band.low), number_or_null(band.high)));
}

/* Adds steps above `from` up to `to`, equidistant on a logarithmic axis. */
static void add_steps(json_t *model, const struct usl *usl, double from, double to)
{
	for (int i = 1; i < CURVE_STEPS; i++)
		add_step(model, usl, from * pow(to / from, (double)i / CURVE_STEPS));
	add_step(model, usl, to);
}

/* Returns the steps of the curve, from the smallest measured number of threads. The largest
 * measured number is one of the steps, so that the measured and extrapolated parts can be drawn
 * separately. */
static json_t *model_json(const struct usl *usl)
{
	json_t *model = json_array();

	add_step(model, usl, usl->least);
	add_steps(model, usl, usl->least, usl->most);
	add_steps(model, usl, usl->most, BEYOND * usl->most);
	return model;
}

static json_t *fit_json(const struct samples *samples)
{
	struct usl usl;
	struct error why;
	json_t *json;

	if (usl_fit(&usl, samples->list, samples->nr, &why))
		return json_pack(
		    "{s:s, s:s}", "implementation", samples->implementation, "why", why.text);
	json = json_pack("{s:s, s:n, s:o, s:o, s:o, s:o, s:o, s:f, s:f, s:o}", "implementation",
	    samples->implementation, "why", "lambda",
	    measure_json(usl.curve.lambda, usl.lambda, 0, number_si), "sigma",
	    coefficient_json(usl.curve.sigma, usl.sigma), "kappa",
	    coefficient_json(usl.curve.kappa, usl.kappa), "peak", peak_json(&usl), "worst_percent",
	    measure_of_constant(100 * usl.worst, number_percent), "least", usl.least, "most",
	    usl.most, "model", model_json(&usl));
	usl_free(&usl);
	return json;
}

/* -- all implementations of a workload -- */

/* If no design could be fitted, and all for the same reason, returns this reason. Otherwise returns
 * NULL. */
static const char *common_reason(const json_t *fits)
{
	const char *reason = member_text(json_array_get(fits, 0), "why");
	const json_t *fit;
	size_t i;

	json_array_foreach (fits, i, fit) {
		if (strcmp(member_text(fit, "why"), reason) != 0)
			return NULL;
	}
	return *reason ? reason : NULL;
}

static json_int_t count_fitted(const json_t *fits)
{
	json_int_t nr = 0;
	const json_t *fit;
	size_t i;

	json_array_foreach (fits, i, fit)
		nr += !*member_text(fit, "why");
	return nr;
}

/* Returns a fit for each design that was run at any of the points, in the order of the points. */
static json_t *fits_json(
    const struct point *const *points, size_t nr, unsigned int cpus, bool *left_out)
{
	json_t *fits = json_array(), *done = json_object();

	for (size_t i = 0; i < nr; i++) {
		for (size_t j = 0; j < points[i]->nr_passed; j++) {
			const char *name = points[i]->runs[j].run->id.implementation;
			struct samples samples;

			if (json_object_get(done, name))
				continue;
			json_object_set_new(done, name, json_true());
			take_samples(&samples, points, nr, name, cpus);
			json_array_append_new(fits, fit_json(&samples));
			*left_out |= samples.left_out;
			free(samples.list);
		}
	}
	json_decref(done);
	return fits;
}

static json_t *law_json(const struct point *const *points, size_t nr, unsigned int cpus)
{
	const char *workload = points[0]->where->workload;
	bool left_out = false;
	json_t *fits = fits_json(points, nr, cpus, &left_out);

	return json_pack("{s:o, s:o, s:o, s:s, s:i, s:b, s:I, s:o, s:o}", "name",
	    json_sprintf("%s-scaling", workload), "title",
	    json_sprintf("%s, %s", workload, axis_conditions(&axis_threads, points, nr).s),
	    "points", point_ids_json(points, nr), "label", point_quantity_words(points[0]).s,
	    "cpus", (int)cpus, "left_out", left_out, "fitted", count_fitted(fits), "reason",
	    string_or_null(common_reason(fits)), "fits", fits);
}

json_t *scaling_json(const struct report_sweep *sweep)
{
	json_t *list = json_array();
	const char *last = "";

	for (size_t i = 0; i < sweep->points.nr; i++) {
		const char *workload = sweep->points.list[i].where->workload;
		const struct point *first;
		const struct point **points;
		size_t nr;

		if (!strcmp(workload, last)) /* the points are sorted by workload */
			continue;
		last = workload;
		first = axis_first(&axis_threads, &sweep->points, workload);
		if (!first)
			continue;
		points = axis_points(&axis_threads, &sweep->points, first, &nr);
		json_array_append_new(list, law_json(points, nr, sweep->nr_cpus));
		free(points);
	}
	return list;
}
