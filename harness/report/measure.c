/* SPDX-License-Identifier: MIT */
#include "harness/report/measure.h"

#include <math.h>

#include "harness/files/json_file.h"

json_t *measure_json(double value, struct interval interval, size_t rounds, number_format *format)
{
	const bool known = interval_is_known(interval);

	if (!isfinite(value))
		return json_null();
	return json_pack("{s:f, s:o, s:o, s:o, s:I, s:s, s:o}", "value", value, "low",
	    number_or_null(known ? interval.low : NAN), "high",
	    number_or_null(known ? interval.high : NAN), "coverage",
	    number_or_null(interval.coverage > 0 ? interval.coverage : NAN), "rounds",
	    (json_int_t)rounds, "text", format(value).s, "interval",
	    known ? json_string(number_interval(interval, format).s) : json_null());
}

json_t *measure_of_values(const double *values, size_t nr, number_format *format)
{
	return measure_json(
	    stats_median(values, nr), median_interval(values, nr, MEASURE_LEVEL), nr, format);
}

json_t *measure_of_ratio(const struct round_ratio *ratio)
{
	if (!(ratio->value > 0)) /* a time below what the clock tells has no ratio */
		return json_null();
	return measure_json(ratio->value, ratio->interval, ratio->rounds, number_ratio);
}

json_t *measure_of_constant(double value, number_format *format)
{
	return measure_json(value, no_interval, 0, format);
}
