/* SPDX-License-Identifier: MIT */
/* Throughput along what was swept. */
#include <stdlib.h>

#include "harness/report/axis.h"
#include "harness/report/parts.h"

static json_t *chart_json(
    const struct axis *axis, const struct point *const *points, size_t nr, const char *workload)
{
	return json_pack("{s:s, s:o, s:o, s:s, s:s, s:o, s:s}", "kind", "curves", "name",
	    json_sprintf("%s-%s", workload, axis->name), "title",
	    json_sprintf("%s: %s", workload, axis_conditions(axis, points, nr).s), "axis",
	    axis->name, "axis_label", axis->label, "points", point_ids_json(points, nr), "label",
	    point_quantity_words(points[0]).s);
}

void add_curve_charts(json_t *charts, const struct report_sweep *sweep, const char *workload)
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
