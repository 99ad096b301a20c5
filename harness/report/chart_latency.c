/* SPDX-License-Identifier: MIT */
/* The latencies of an operation by percentile, at one point of a workload. */
#include <string.h>

#include "harness/measure/latency.h"
#include "harness/report/latency_curve.h"
#include "harness/report/parts.h"

static const char *const titles[LATENCY_OPS] = {
    [LATENCY_PROBE] = "latency of a probe",
    [LATENCY_REFUSED] = "latency of what was refused",
    [LATENCY_REMOVE] = "latency of a remove",
    [LATENCY_CLAIM] = "latency of a claim",
    [LATENCY_CLAIM_SUCCESS] = "time until a claim is granted",
    [LATENCY_RELEASE] = "latency of a release",
    [LATENCY_QUERY] = "latency of a query",
    [LATENCY_USE] = "latency of a use",
    [LATENCY_UNBIND] = "latency of an unbind",
    [LATENCY_FIRST_TOUCH] = "latency of a first touch, two contexts at once",
    [LATENCY_RETOUCH] = "latency of a touch of a device that is set up",
};

static size_t count_timed(const struct point *point, const char *operation)
{
	size_t nr = 0;

	for (size_t i = 0; i < point->nr_passed; i++)
		nr += &point->runs[i] != point->ceiling &&
		      latency_is_timed(point->runs[i].run, operation);
	return nr;
}

/* More threads, but not more than CPUs; 0: unknown. */
static bool is_better(const struct run_id *a, const struct run_id *b, unsigned int cpus)
{
	const bool a_fits = !cpus || a->threads <= cpus, b_fits = !cpus || b->threads <= cpus;

	if (a_fits != b_fits)
		return a_fits;
	return a_fits ? a->threads > b->threads : a->threads < b->threads;
}

/* Where most implementations were timed; of those points, the one with the most threads that have a
 * CPU each. NULL: the operation was timed nowhere. */
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
