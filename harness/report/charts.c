/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "harness/report/axis.h"
#include "harness/report/parts.h"

/* -- throughput along each axis of the sweep -- */

static json_t *chart_json(
    const struct axis *axis, const struct point *const *points, size_t nr, const char *workload)
{
	return json_pack("{s:s, s:o, s:o, s:s, s:s, s:o, s:s}", "kind", "curves", "name",
	    json_sprintf("%s-%s", workload, axis->name), "title",
	    json_sprintf("%s: %s", workload, axis_conditions(axis, points, nr).s), "axis",
	    axis->name, "axis_label", axis->label, "points", point_ids_json(points, nr), "label",
	    point_quantity_words(points[0]).s);
}

static void add_curve_charts(json_t *charts, const struct report_sweep *sweep, const char *workload)
{
	for (const struct axis *const *axis = axes; *axis; axis++) {
		const struct point *first = axis_first(*axis, &sweep->points, workload);
		const struct point **points;
		size_t nr;

		if (!first)
			continue;
		points = axis_points(*axis, &sweep->points, first, &nr);
		json_array_append_new(charts, chart_json(*axis, points, nr, workload));
		free(points);
	}
}

/* -- bars: the implementations at one point, on the groups of a real machine, by their first touch,
 * or by the memory that they hold -- */

struct bar_kind {
	const char *name;   /* part of the chart's name after the workload; NULL: the topology */
	const char *metric; /* NULL: the quantity that the point is compared by */
	const char *label;
};

static const struct bar_kind on_topology = {NULL, NULL, NULL};
static const struct bar_kind first_touch = {"first-touch", NULL, NULL};
static const struct bar_kind held = {"held", "held_bytes",
    "mean bytes of services that are unbound and not yet freed: less is better"};

static bool any_holds_memory(const struct point *point)
{
	for (size_t i = 0; i < point->nr_passed; i++) {
		size_t nr;
		double *values = sweep_run_values(point->runs[i].run, held.metric, NULL, &nr);
		const bool holds = nr && stats_median(values, nr) > 0;

		free(values);
		if (holds)
			return true;
	}
	return false;
}

/* Returns which kind of bar chart the point has, or NULL if it has none. */
static const struct bar_kind *kind_of(const struct point *point)
{
	if (point->where->topology)
		return &on_topology;
	if (!strcmp(point->quantity->metric, "first_touch_p50_ns"))
		return &first_touch;
	return any_holds_memory(point) ? &held : NULL;
}

static struct text short_name(const struct point *point, const struct bar_kind *kind)
{
	const struct run_id *where = point->where;
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.50s-%.80s-threads%u", where->workload,
	    kind->name ? kind->name : where->topology, where->threads);
	return text;
}

/* Returns whether the chart of another point has the same kind and the same short name. */
static bool is_ambiguous(
    const struct points *points, const struct point *point, const struct bar_kind *kind)
{
	for (size_t i = 0; i < points->nr; i++) {
		const struct point *other = &points->list[i];

		if (other != point && kind_of(other) == kind &&
		    !strcmp(short_name(other, kind).s, short_name(point, kind).s))
			return true;
	}
	return false;
}

/* Returns the short name, "keep-held-threads2". If it is ambiguous, appends the rest of the point's
 * id: "keep-held-threads2-devices8-groups1". */
static json_t *name_json(
    const struct points *points, const struct point *point, const struct bar_kind *kind)
{
	const char *behind_threads = strchr(strstr(point->id, "-threads") + 1, '-');

	return json_sprintf("%s%s", short_name(point, kind).s,
	    is_ambiguous(points, point, kind) ? behind_threads : "");
}

static void add_bar_charts(json_t *charts, const struct report_sweep *sweep)
{
	for (size_t i = 0; i < sweep->points.nr; i++) {
		const struct point *point = &sweep->points.list[i];
		const struct bar_kind *kind = kind_of(point);

		if (!kind || !point->nr_passed)
			continue;
		json_array_append_new(
		    charts, json_pack("{s:s, s:o, s:o, s:s, s:s?, s:s}", "kind", "bars", "name",
				name_json(&sweep->points, point, kind), "title",
				json_sprintf("%s: %s, %s", point->where->workload,
				    point_place(point).s, point_conditions(point, true).s),
				"point", point->id, "metric", kind->metric, "label",
				kind->label ? kind->label : point_quantity_words(point).s));
	}
}

/* -- all charts -- */

/* Requires points that are sorted by workload. */
static bool is_first_of_workload(const struct points *points, size_t i)
{
	return !i ||
	       strcmp(points->list[i].where->workload, points->list[i - 1].where->workload) != 0;
}

json_t *charts_json(const struct report_sweep *sweep, struct error *err)
{
	json_t *charts = json_array();

	for (size_t i = 0; i < sweep->points.nr; i++) {
		const char *workload = sweep->points.list[i].where->workload;

		if (!is_first_of_workload(&sweep->points, i))
			continue;
		add_curve_charts(charts, sweep, workload);
		if (add_latency_charts(charts, sweep, workload, err)) {
			json_decref(charts);
			return NULL;
		}
	}
	add_bar_charts(charts, sweep);
	return charts;
}
