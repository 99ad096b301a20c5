/* SPDX-License-Identifier: MIT */
/* A measure of the document: {"value", "low", "high", "coverage", "rounds", "text", "interval"}.
 * low, high, coverage and interval are null where the rounds are too few for an interval. */
#ifndef HARNESS_REPORT_MEASURE_H
#define HARNESS_REPORT_MEASURE_H

#include <jansson.h>

#include "harness/report/number.h"
#include "harness/stats/ratio.h"

/* Of intervals, unless they are corrected for many comparisons. */
#define MEASURE_LEVEL 0.95

/* A new reference; null where `value` is not finite. */
json_t *measure_json(double value, struct interval interval, size_t rounds, number_format *format);

/* The median of values over rounds, and its interval. */
json_t *measure_of_values(const double *values, size_t nr, number_format *format);

json_t *measure_of_ratio(const struct round_ratio *ratio);

/* What is known without measuring: a value without an interval. */
json_t *measure_of_constant(double value, number_format *format);

#endif
