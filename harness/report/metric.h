/* SPDX-License-Identifier: MIT */
/* The metrics of a repetition, as the document shows them. */
#ifndef HARNESS_REPORT_METRIC_H
#define HARNESS_REPORT_METRIC_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/record/sweep.h"
#include "harness/report/family.h"
#include "harness/report/number.h"

/* The format of a metric, by its name: "_ns" is a time, "_per_second" a rate, ... */
number_format *metric_format(const char *metric);

/* What a metric's values are multiplied with to have the unit that its format takes. */
double metric_scale(const char *metric);

bool metric_is_time(const char *metric);

/* Whether less of it is better: times, and events of an operation. */
bool metric_is_cost(const char *metric);

/* {NAME: {"value", "low", "high", "text"}, ..} of a run that passed: every metric that is not 0 in
 * all rounds, but no latencies beside those of the family's columns; and "refused_percent", the
 * refused of all that was tried. A new reference. */
json_t *metrics_json(const struct sweep_run *run, const struct family_text *family);

/* {"probe": [[50, NS, "1.2 µs"], ..], ..} of the operations that were timed: percentiles, each the
 * median over the rounds; 100 is the maximum. A new reference. */
json_t *latency_percentiles_json(const struct sweep_run *run, const struct family_text *family);

#endif
