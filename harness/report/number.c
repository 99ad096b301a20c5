/* SPDX-License-Identifier: MIT */
#include "harness/report/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/files/json_file.h"

static struct text unknown_text(void)
{
	return (struct text){"-"};
}

/* Formats three significant digits. Large numbers keep all digits before the decimal point; tiny
 * ones get an exponent. */
static void three_digits(struct text *text, double value)
{
	double size = fabs(value);
	int decimals = 0;

	if (size > 0 && size < 1e-4) {
		snprintf(text->s, sizeof(text->s), "%.2e", value);
		return;
	}
	if (size > 0 && size < 99.95)
		decimals = (int)fmin(9, 2 - floor(log10(size * 1.0005)));
	snprintf(text->s, sizeof(text->s), "%.*f", size > 0 ? decimals : 0, value);
}

struct text number_plain(double value)
{
	struct text text;

	if (!isfinite(value))
		return unknown_text();
	three_digits(&text, value);
	return text;
}

static struct text scaled_text(double value, const char *const *units, int nr, double step)
{
	struct text digits, text;
	int unit = 0;

	while (fabs(value) >= 0.9995 * step && unit + 1 < nr) {
		value /= step;
		unit++;
	}
	three_digits(&digits, value);
	snprintf(
	    text.s, sizeof(text.s), "%.40s%s%s", digits.s, *units[unit] ? " " : "", units[unit]);
	return text;
}

struct text number_si(double value)
{
	static const char *const units[] = {"", "k", "M", "G", "T"};

	return isfinite(value) ? scaled_text(value, units, 5, 1000) : unknown_text();
}

struct text number_time(double ns)
{
	static const char *const units[] = {"ns", "µs", "ms", "s"};

	return isfinite(ns) ? scaled_text(ns, units, 4, 1000) : unknown_text();
}

static struct text with_unit(struct text number, const char *unit)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.40s%s", number.s, unit);
	return text;
}

struct text number_ratio(double ratio)
{
	return isfinite(ratio) ? with_unit(number_plain(ratio), "×") : unknown_text();
}

struct text number_percent(double percent)
{
	return isfinite(percent) ? with_unit(number_plain(percent), " %") : unknown_text();
}

struct text number_bytes(double bytes)
{
	const bool prefixed = fabs(bytes) >= 999.5;

	return isfinite(bytes) ? with_unit(number_si(bytes), prefixed ? "B" : " B")
	                       : unknown_text();
}

struct text number_interval(struct interval interval, number_format *format)
{
	number_format *first = format == number_ratio ? number_plain : format;
	struct text text = {""};

	if (!isfinite(interval.low))
		return text;
	if (!isfinite(interval.high))
		snprintf(text.s, sizeof(text.s), "%.40s at least", format(interval.low).s);
	else
		snprintf(text.s, sizeof(text.s), "%.40s to %.40s", first(interval.low).s,
		    format(interval.high).s);
	return text;
}

/* -- measures -- */

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
	if (!(ratio->value > 0)) /* a time of 0, below the clock's resolution, has no ratio */
		return json_null();
	return measure_json(ratio->value, ratio->interval, ratio->rounds, number_ratio);
}

json_t *measure_of_constant(double value, number_format *format)
{
	return measure_json(value, no_interval, 0, format);
}
