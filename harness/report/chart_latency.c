/* SPDX-License-Identifier: MIT */
/* Charts of the latency of an operation by percentile, at one point of a workload. */
#include <math.h>
#include <string.h>

#include "harness/measure/histogram.h"
#include "harness/measure/latency.h"
#include "harness/report/parts.h"

/* -- the latency curve of a run: the sum of its repetitions' histograms -- */

/* Number of points of a curve: as many as a picture can show. */
enum { CURVE_STEPS = 40 };

static const json_t *histogram_json(const struct sweep_round *round, const char *operation)
{
	return json_object_get(json_object_get(round->record, "latency"), operation);
}

/* Returns whether any repetition recorded latencies of the operation. */
static bool latency_is_timed(const struct sweep_run *run, const char *operation)
{
	for (size_t i = 0; i < run->nr_rounds; i++) {
		if (histogram_json(&run->rounds[i], operation))
			return true;
	}
	return false;
}

/* Adds the histogram {"count", "max_ns", "buckets": [[from_ns, count], ..]}. Returns NULL, or a
 * description of what is malformed in it. */
static const char *add_histogram(struct histogram *h, const json_t *json)
{
	const json_t *buckets = json_object_get(json, "buckets");
	const json_int_t max = json_integer_value(json_object_get(json, "max_ns"));
	const json_t *bucket;
	size_t i;

	if (!json_is_array(buckets) || max < 0)
		return "a histogram has no \"buckets\", or a \"max_ns\" below 0";
	json_array_foreach (buckets, i, bucket) {
		const json_int_t from = json_integer_value(json_array_get(bucket, 0));
		const json_int_t count = json_integer_value(json_array_get(bucket, 1));

		if (!json_is_array(bucket) || from < 0 || count < 1 || count > UINT32_MAX)
			return "a bucket is not [from_ns, count]";
		h->buckets[histogram_bucket((uint64_t)from)] += (uint32_t)count;
		h->count += (uint64_t)count;
	}
	h->max = (uint64_t)max > h->max ? (uint64_t)max : h->max;
	return NULL;
}

static const char *add_rounds(
    struct histogram *h, const struct sweep_run *run, const char *operation)
{
	for (size_t i = 0; i < run->nr_rounds; i++) {
		const json_t *json = histogram_json(&run->rounds[i], operation);
		const char *wrong = json ? add_histogram(h, json) : NULL;

		if (wrong)
			return wrong;
	}
	return NULL;
}

/* Returns steps that are equidistant on the logarithmic axis. The last step is the maximum. Steps
 * are not rounded, because a rounded one could exceed the maximum. */
static json_t *curve_json(const struct histogram *h)
{
	const double last = (double)h->count;
	json_t *curve = json_array();

	for (int i = 0; i < CURVE_STEPS; i++) {
		const double beyond = pow(last, (double)i / CURVE_STEPS);

		json_array_append_new(
		    curve, json_pack("[f,f]", beyond, histogram_quantile(h, 1 - 1 / beyond)));
	}
	json_array_append_new(curve, json_pack("[f,f]", last, (double)h->max));
	return curve;
}

/* Returns [[1 / (1 - q), NS], ..], ascending, with the maximum last; or NULL with the error set if
 * a histogram is malformed. */
static json_t *latency_curve_json(
    const struct sweep_run *run, const char *operation, struct error *err)
{
	struct histogram h = {0};
	const char *wrong = add_rounds(&h, run, operation);

	if (!wrong && !h.count)
		wrong = "the histograms have no samples";
	if (!wrong)
		return curve_json(&h);
	error_set(err, "latencies of %s, %s: %s", operation, run->id.implementation, wrong);
	return NULL;
}

/* -- latency charts -- */

static const char *const titles[LATENCY_OPS] = {
    [LATENCY_PROBE] = "latency of a probe",
    [LATENCY_REFUSED] = "latency of refused attempts",
    [LATENCY_REMOVE] = "latency of a remove",
    [LATENCY_CLAIM_GRANTED] = "latency of a granted claim",
    [LATENCY_CLAIM_REFUSED] = "latency of a refused claim",
    [LATENCY_CLAIM_SUCCESS] = "time until a claim is granted",
    [LATENCY_RELEASE] = "latency of a release",
    [LATENCY_QUERY] = "latency of a query",
    [LATENCY_USE] = "latency of a use",
    [LATENCY_UNBIND] = "latency of an unbind",
    [LATENCY_FIRST_TOUCH] = "latency of a first touch, two contexts at once",
    [LATENCY_RETOUCH] = "latency of a touch of a configured device",
};

static size_t count_timed(const struct point *point, const char *operation)
{
	size_t nr = 0;

	for (size_t i = 0; i < point->nr_passed; i++)
		nr += &point->runs[i] != point->ceiling &&
		      latency_is_timed(point->runs[i].run, operation);
	return nr;
}

/* Prefers points with a CPU for each thread, and among these, more threads. Among points without,
 * prefers fewer threads. `cpus` is 0 if unknown. */
static bool is_better(const struct run_id *a, const struct run_id *b, unsigned int cpus)
{
	const bool a_fits = !cpus || a->threads <= cpus, b_fits = !cpus || b->threads <= cpus;

	if (a_fits != b_fits)
		return a_fits;
	return a_fits ? a->threads > b->threads : a->threads < b->threads;
}

/* Returns the point at which the operation was timed for the most implementations, or NULL if it
 * was timed nowhere. Among equals, is_better() decides. */
static const struct point *best_point(
    const struct report_sweep *sweep, const char *workload, const char *operation)
{
	const struct point *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < sweep->points.nr; i++) {
		const struct point *point = &sweep->points.list[i];
		size_t nr;

		if (strcmp(point->where->workload, workload) != 0)
			continue;
		nr = count_timed(point, operation);
		if (nr && (nr > most || (nr == most && is_better(point->where, best->where,
							   sweep->nr_cpus)))) {
			most = nr;
			best = point;
		}
	}
	return best;
}

static json_t *curves_json(const struct point *point, const char *operation, struct error *err)
{
	json_t *curves = json_array();

	for (size_t i = 0; i < point->nr_passed; i++) {
		const struct sweep_run *run = point->runs[i].run;
		json_t *curve;

		if (!latency_is_timed(run, operation))
			continue;
		curve = latency_curve_json(run, operation, err);
		if (!curve) {
			json_decref(curves);
			return NULL;
		}
		json_array_append_new(curves, json_pack("{s:s, s:o}", "implementation",
						  run->id.implementation, "curve", curve));
	}
	return curves;
}

static int add_chart(
    json_t *charts, const struct point *point, enum latency_op op, struct error *err)
{
	const char *operation = latency_op_name(op), *workload = point->where->workload;
	json_t *curves = curves_json(point, operation, err);

	if (!curves)
		return -1;
	json_array_append_new(
	    charts, json_pack("{s:s, s:o, s:o, s:s, s:s, s:o}", "kind", "latency", "name",
			json_sprintf("%s-latency-%s", workload, operation), "title",
			json_sprintf("%s, %s: %s, %s", workload, titles[op], point_place(point).s,
			    point_conditions(point, true).s),
			"operation", operation, "point", point->id, "curves", curves));
	return 0;
}

int add_latency_charts(
    json_t *charts, const struct report_sweep *sweep, const char *workload, struct error *err)
{
	for (enum latency_op op = 0; op < LATENCY_OPS; op++) {
		const struct point *point = best_point(sweep, workload, latency_op_name(op));

		if (point && add_chart(charts, point, op, err))
			return -1;
	}
	return 0;
}
