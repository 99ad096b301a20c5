/* SPDX-License-Identifier: MIT */
/* The metrics of a run: their units, and their representation in the report document. */
#ifndef HARNESS_REPORT_METRIC_H
#define HARNESS_REPORT_METRIC_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/record/sweep.h"
#include "harness/report/family.h"
#include "harness/report/number.h"

/* Returns the format for a metric, by the suffix of its name: "_ns" is a time, "_per_second" a
 * rate. */
number_format *metric_format(const char *metric);

/* Returns the factor that converts a metric's values to the unit of its format: 1000 for "_us". */
double metric_scale(const char *metric);

bool metric_is_time(const char *metric);

/* Returns whether less of the metric is better, as it is for times and for events per operation. */
bool metric_is_cost(const char *metric);

/*
 * Returns {NAME: {"value", "low", "high", "text"}, ..} for a run that passed, a new reference.
 * Metrics that are 0 in all rounds are left out, and so are latency percentiles that are not in the
 * family's columns. The percentages of refused attempts are added: "refused_percent" and
 * "claims_refused_percent".
 */
json_t *metrics_json(const struct sweep_run *run, const struct family_text *family);

/* Returns the latency percentiles of each operation that was timed, {"probe": [[50, NS, "1.2 µs"],
 * ..], ..}, a new reference. Each value is the median over the rounds. Percentile 100 is the
 * maximum. */
json_t *latency_percentiles_json(const struct sweep_run *run, const struct family_text *family);

#endif
