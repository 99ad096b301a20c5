/* SPDX-License-Identifier: MIT */
/* The charts that a sweep has something for: which points, and what it is that they show. */
#ifndef HARNESS_REPORT_CHARTS_H
#define HARNESS_REPORT_CHARTS_H

#include "harness/error.h"
#include "harness/report/report_sweep.h"

/*
 * [{"kind": "curves", "name", "title", "axis", "axis_label", "points": [ID of each point along the
 * axis], "label"}, {"kind": "bars", "name", "title", "point": ID, "metric": NAME or null, which is
 * the point's own quantity, "label"}, {"kind": "latency", "name", "title", "operation", "point":
 * ID, "curves": [{"implementation", "curve"}]}, ..]. A new reference, or NULL with the error set.
 */
json_t *charts_json(const struct report_sweep *sweep, struct error *err);

/* -- the kinds -- */

void add_curve_charts(json_t *charts, const struct report_sweep *sweep, const char *workload);
void add_bar_charts(json_t *charts, const struct report_sweep *sweep);

/* Returns 0, or -1 with the error set. */
int add_latency_charts(
    json_t *charts, const struct report_sweep *sweep, const char *workload, struct error *err);

#endif
