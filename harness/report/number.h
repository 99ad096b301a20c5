/* SPDX-License-Identifier: MIT */
/* Formats all numbers of reports for readers: three digits and a unit, or "-" for values that are
 * not finite. */
#ifndef HARNESS_REPORT_NUMBER_H
#define HARNESS_REPORT_NUMBER_H

#include <jansson.h>

#include "harness/stats/ratio.h"

struct text {
	char s[160];
};

typedef struct text number_format(double value);

/* Formats a plain number: "0.0123", "12.3", "4560" or "1.00e-06". */
number_format number_plain;

/* Formats a number with an SI prefix, "39.4 M". The caller appends the unit, such as "pairs/s". */
number_format number_si;

/* Returns "63.0×". */
number_format number_ratio;

/* Returns "12.3 %". */
number_format number_percent;

/* Formats a number of bytes: "1.50 kB". */
number_format number_bytes;

/* Formats nanoseconds: "12.3 ns" or "4.56 µs". */
number_format number_time;

/* Formats an interval: "38.1 M to 40.2 M", "13.8 to 15.0×", "13.8× at least" if the upper end is
 * infinite, or "" if there is no interval. */
struct text number_interval(struct interval interval, number_format *format);

/* A measure is an object of the document: {"value", "low", "high", "coverage", "rounds", "text",
 * "interval"}. If there is no interval, low, high, coverage and interval are null. The functions
 * below return new references. */

/* Coverage of intervals that are not corrected for many comparisons. */
#define MEASURE_LEVEL 0.95

/* Returns a measure, or null if `value` is not finite. */
json_t *measure_json(double value, struct interval interval, size_t rounds, number_format *format);

/* Returns the median of values over rounds, with its interval, as a measure. */
json_t *measure_of_values(const double *values, size_t nr, number_format *format);

json_t *measure_of_ratio(const struct round_ratio *ratio);

/* Returns a measure without an interval, such as a percentage over the whole sweep. */
json_t *measure_of_constant(double value, number_format *format);

#endif
