/* SPDX-License-Identifier: MIT */
#include "harness/report/parts.h"

#include <string.h>

/* Points are sorted by workload. */
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
