/* SPDX-License-Identifier: MIT */
#include "harness/results/report/svg.h"

#include <math.h>

#include "harness/results/report/html.h"

/* The largest of 1, 2, 5 times a power of ten that is not above. */
static double round_down(double value)
{
	double power = pow(10, floor(log10(value * (1 + 1e-9))));
	double digit = value / power;

	return power * (digit >= 5 - 1e-6 ? 5 : digit >= 2 - 1e-6 ? 2 : 1);
}

static double round_up(double value)
{
	double down = round_down(value);
	double digit = down / pow(10, floor(log10(down * (1 + 1e-9))));

	if (value <= down * (1 + 1e-9))
		return down;
	return digit > 1.5 && digit < 3 ? down * 2.5 : down * 2;
}

struct scale scale_round(double min, double max, double from, double to)
{
	double low = round_down(min), high = round_up(max);

	if (high / low < 4) {
		low = round_down(low * 0.999);
		high = round_up(high * 1.001);
	}
	return (struct scale){low, high, from, to};
}

struct scale scale_tight(double min, double max, double from, double to)
{
	double room = max > min ? pow(max / min, 0.04) : 2;

	return (struct scale){min / room, max * room, from, to};
}

double scale_at(const struct scale *scale, double value)
{
	double part = log(value / scale->min) / log(scale->max / scale->min);

	return scale->from + part * (scale->to - scale->from);
}

struct ticks scale_ticks(const struct scale *scale, double label)
{
	static const int digits[] = {1, 2, 5};
	double room =
	    fabs(scale->to - scale->from) / log10(scale->max / scale->min); /* of a decade */
	int nr_digits = room * log10(2) >= label ? 3 : 1;
	int step = (int)fmax(1, ceil(label / room)); /* in decades */
	int last = (int)ceil(log10(scale->max));
	struct ticks ticks = {.nr = 0};

	for (int power = (int)floor(log10(scale->min)); power <= last; power++) {
		for (int d = 0; d < nr_digits && power % step == 0; d++) {
			double value = digits[d] * pow(10, power);

			if (value >= scale->min * (1 - 1e-9) && value <= scale->max * (1 + 1e-9) &&
			    ticks.nr < TICKS_MAX)
				ticks.at[ticks.nr++] = value;
		}
	}
	return ticks;
}

void svg_open(FILE *out, const char *class, double width, double height, const char *label)
{
	html(out,
	    "<svg class=\"chart %s\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\""
	    " role=\"img\" tabindex=\"0\" aria-label=\"%s\">\n",
	    class, width, height, width, height, label);
}

void svg_close(FILE *out)
{
	fputs("</svg>\n", out);
}

void svg_line(FILE *out, const char *class, double x1, double y1, double x2, double y2)
{
	html(out, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>", class, x1, y1, x2, y2);
}

void svg_text(FILE *out, const char *class, double x, double y, const char *text)
{
	html(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", class, x, y, text);
}

void svg_define_marks(FILE *out)
{
	static const char *const shapes[] = {
	    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",                /* circle */
	    "M-3.6-3.6h7.2v7.2h-7.2z",                           /* square */
	    "M0-4.8L4.6 3.4H-4.6z",                              /* triangle up */
	    "M0-5L5 0L0 5L-5 0z",                                /* diamond */
	    "M0 4.8L4.6-3.4H-4.6z",                              /* triangle down */
	    "M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z", /* plus */
	    "M0-5L4.8-1.5L2.9 4H-2.9L-4.8-1.5z",                 /* pentagon */
	    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",      /* p50: disc */
	    "M-1-5h2v10h-2z",                                    /* p90: bar */
	    "M0-5L5 0L0 5L-5 0z",                                /* p99: diamond */
	    "M0-4.5L4.5 3.5H-4.5z",                              /* p99.9: triangle */
	    "M-4-2.6L-2.6-4L0-1.4L2.6-4L4-2.6L1.4 0L4 2.6L2.6 4L0 1.4L-2.6 4L-4 2.6L-1.4 0z",
	};

	fputs("<svg class=\"marks\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>", out);
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		fprintf(out, "<path id=\"mark%zu\" d=\"%s\"/>", i, shapes[i]);
	fputs("</defs></svg>\n", out);
}

void svg_mark(FILE *out, size_t shape, double x, double y)
{
	html(out, "<use href=\"#mark%zu\" x=\"%.1f\" y=\"%.1f\"/>", shape, x, y);
}
