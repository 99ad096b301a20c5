/* SPDX-License-Identifier: MIT */
/* Figures as a reader wants them: three digits and the unit; "-" for what is not a number. Every
 * figure that is shown anywhere was formatted here. */
#ifndef HARNESS_REPORT_NUMBER_H
#define HARNESS_REPORT_NUMBER_H

#include <jansson.h>

#include "harness/stats/ratio.h"

struct text {
	char s[160];
};

typedef struct text number_format(double value);

/* "0.0123", "12.3", "4560", "1.00e-06" */
number_format number_plain;

/* "39.4 M": the caller adds the unit, as in "pairs/s". */
number_format number_si;

/* "63.0×" */
number_format number_ratio;

/* "12.3 %" */
number_format number_percent;

/* "1.50 kB" */
number_format number_bytes;

/* From nanoseconds: "12.3 ns", "4.56 µs". */
number_format number_time;

/* "38.1 M to 40.2 M", "13.8 to 15.0×", "13.8× at least" if the upper end is infinite; "" if there
 * is no interval. */
struct text number_interval(struct interval interval, number_format *format);

/* -- a measure of the document: {"value", "low", "high", "coverage", "rounds", "text", "interval"};
 * low, high, coverage and interval are null where the rounds are too few for an interval -- */

/* Coverage of intervals that are not corrected for many comparisons. */
#define MEASURE_LEVEL 0.95

/* A new reference; null where `value` is not finite. */
json_t *measure_json(double value, struct interval interval, size_t rounds, number_format *format);

/* The median of values over rounds, and its interval. */
json_t *measure_of_values(const double *values, size_t nr, number_format *format);

json_t *measure_of_ratio(const struct round_ratio *ratio);

/* What is known without measuring: a value without an interval. */
json_t *measure_of_constant(double value, number_format *format);

#endif
