/* SPDX-License-Identifier: MIT */
/* The implementations at one point: on a real machine's groups, by their first touches, and by the
 * memory that they hold. */
#include "harness/report/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bar_kind {
	const char *name;   /* of the chart, behind the workload's; NULL: the topology's */
	const char *metric; /* NULL: the point's own quantity */
	const char *label;
};

static const struct bar_kind on_topology = {NULL, NULL, NULL};
static const struct bar_kind first_touch = {"first-touch", NULL, NULL};
static const struct bar_kind held = {"held", "held_bytes",
    "bytes of services that are unbound and not freed yet, mean: less is better"};

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

/* NULL: the point has no bars. */
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

/* Whether another point's chart would have the same name. */
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

/* "keep-held-threads2", or with what differs and all else of the point:
 * "keep-held-threads2-devices8-groups1". */
static json_t *name_json(
    const struct points *points, const struct point *point, const struct bar_kind *kind)
{
	const char *behind_threads = strchr(strstr(point->id, "-threads") + 1, '-');

	return json_sprintf("%s%s", short_name(point, kind).s,
	    is_ambiguous(points, point, kind) ? behind_threads : "");
}

void add_bar_charts(json_t *charts, const struct report_sweep *sweep)
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
