/* SPDX-License-Identifier: MIT */
#include "harness/results/report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct text dash(void)
{
	return (struct text){"-"};
}

/* With three digits: those of a large number that are more than three stay, and what is tiny has an
 * exponent. */
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

struct text number_exact(double value)
{
	struct text text = {""};

	if (isfinite(value))
		snprintf(text.s, sizeof(text.s), "%.17g", value);
	return text;
}

struct text number_plain(double value)
{
	struct text text;

	if (!isfinite(value))
		return dash();
	three_digits(&text, value);
	return text;
}

static struct text scaled(double value, const char *const *units, int nr, double step)
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

	return isfinite(value) ? scaled(value, units, 5, 1000) : dash();
}

struct text number_time(double ns)
{
	static const char *const units[] = {"ns", "µs", "ms", "s"};

	return isfinite(ns) ? scaled(ns, units, 4, 1000) : dash();
}

struct text number_ratio(double ratio)
{
	struct text text;

	if (!isfinite(ratio))
		return dash();
	snprintf(text.s, sizeof(text.s), "%.40s×", number_plain(ratio).s);
	return text;
}

struct text number_ratio_interval(struct interval interval)
{
	struct text text;

	if (!isfinite(interval.low))
		return (struct text){"no interval"};
	if (!isfinite(interval.high))
		snprintf(text.s, sizeof(text.s), "%.20s× at least", number_plain(interval.low).s);
	else
		snprintf(text.s, sizeof(text.s), "%.20s to %.20s×", number_plain(interval.low).s,
		    number_plain(interval.high).s);
	return text;
}

struct text number_tick(struct text text)
{
	char *point = strchr(text.s, '.');
	char *end, *zeros;

	if (!point)
		return text;
	end = point + 1 + strspn(point + 1, "0123456789");
	for (zeros = end; zeros[-1] == '0'; zeros--)
		;
	if (zeros - 1 == point)
		zeros = point;
	memmove(zeros, end, strlen(end) + 1);
	return text;
}
