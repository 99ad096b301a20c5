/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/html.h"
#include "harness/results/report/svg.h"

static const struct {
	const char *counter; /* behind the operation and "_" */
	const char *text;
	enum percentile_mark mark;
} percentiles[] = {
    {"p50_ns", "p50", MARK_P50},
    {"p90_ns", "p90", MARK_P90},
    {"p99_ns", "p99", MARK_P99},
    {"p999_ns", "p99.9", MARK_P999},
    {"max_ns", "max", MARK_MAX},
};
enum { NR_PERCENTILES = sizeof(percentiles) / sizeof(percentiles[0]), ROW = 20, TOP = 52 };

static const double widths[] = {[CHART_WIDE] = 940, [CHART_NARROW] = 350};

static double latency(const struct sweep_point *point, const char *operation, size_t i)
{
	char counter[64];

	snprintf(counter, sizeof(counter), "%s_%s", operation, percentiles[i].counter);
	return sweep_counter(point, counter);
}

bool chart_has_latency(const struct set *set, const char *operation)
{
	for (size_t i = 0; i < set->nr_passed; i++) {
		if (latency(set->points[i], operation, 0) > 0)
			return true;
	}
	return false;
}

static struct text operation_words(const char *operation)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.40s", operation);
	for (char *c = text.s; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	return text;
}

static void draw_legend(const struct chart *chart)
{
	double step = chart->width == CHART_WIDE ? 84 : 68;

	fputs("<g class=\"legend\">", chart->out);
	for (size_t i = 0; i < NR_PERCENTILES; i++) {
		double x = 12 + step * (double)i;

		svg_mark(chart->out, percentiles[i].mark, x, 10);
		svg_text(chart->out, "tick l", x + 9, 14, percentiles[i].text);
	}
	fputs("</g>", chart->out);
}

static void draw_axis(const struct chart *chart, const struct scale *scale, double bottom)
{
	struct ticks ticks = scale_ticks(scale, TICK_LENGTH);

	for (size_t i = 0; i < ticks.nr; i++) {
		double x = scale_at(scale, ticks.at[i]);

		svg_line(chart->out, "grid", x, TOP - 6, x, bottom);
		svg_text(
		    chart->out, "tick m", x, TOP - 12, number_tick(number_time(ticks.at[i])).s);
	}
}

static void draw_row(const struct chart *chart, const struct set *set,
    const struct sweep_point *point, const char *operation, const struct scale *scale, double y)
{
	double low = INFINITY, high = 0;

	chart_open_series(chart, point->impl);
	chart_name(chart, "name r", chart_name_room(chart) + 4, y + 4, point->impl);
	svg_line(chart->out, "row", chart_name_room(chart) + 10, y, widths[chart->width], y);
	chart_open_point(chart, set, point, scale_at(scale, latency(point, operation, 0)), y);
	html(chart->out, "\n%s:", operation_words(operation).s);
	for (size_t i = 0; i < NR_PERCENTILES; i++) {
		double ns = latency(point, operation, i);

		html(chart->out, " %s %s%s", percentiles[i].text, number_time(ns).s,
		    i + 1 < NR_PERCENTILES ? "," : "");
		low = ns > 0 ? fmin(low, ns) : low;
		high = ns > 0 ? fmax(high, ns) : high;
	}
	fputs("</title>", chart->out);
	svg_line(chart->out, "whisker", scale_at(scale, low), y, scale_at(scale, high), y);
	for (size_t i = NR_PERCENTILES; i-- > 0;) {
		double ns = latency(point, operation, i);

		if (ns > 0)
			svg_mark(chart->out, percentiles[i].mark, scale_at(scale, ns), y);
	}
	chart_close_point(chart);
	chart_close_series(chart);
}

static struct scale scale_of(
    const struct chart *chart, const struct set *set, const char *operation)
{
	double min = INFINITY, max = 0;

	for (size_t i = 0; i < set->nr_passed; i++) {
		for (size_t p = 0; p < NR_PERCENTILES; p++) {
			double ns = latency(set->points[i], operation, p);

			min = ns > 0 ? fmin(min, ns) : min;
			max = ns > 0 ? fmax(max, ns) : max;
		}
	}
	return scale_round(min, max, chart_name_room(chart) + 18, widths[chart->width] - 22);
}

static void draw(const struct chart *chart, const struct set *set, const char *operation)
{
	struct scale scale = scale_of(chart, set, operation);
	char label[256];
	size_t rows = 0;

	for (size_t i = 0; i < set->nr_passed; i++)
		rows += latency(set->points[i], operation, 0) > 0;
	snprintf(label, sizeof(label), "latency of %.40s: %zu implementations",
	    operation_words(operation).s, rows);
	svg_open(chart->out, chart->width == CHART_WIDE ? "wide" : "narrow", widths[chart->width],
	    TOP + (double)rows * ROW + 6, label);
	draw_legend(chart);
	draw_axis(chart, &scale, TOP + (double)rows * ROW);
	rows = 0;
	for (size_t i = 0; i < set->nr_passed; i++) {
		if (latency(set->points[i], operation, 0) > 0)
			draw_row(chart, set, set->points[i], operation, &scale,
			    TOP + ((double)rows++ + 0.5) * ROW);
	}
	svg_close(chart->out);
}

void chart_latency(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set, const char *operation)
{
	char kind[80];

	snprintf(kind, sizeof(kind), "latency of %.40s", operation_words(operation).s);
	chart_open_figure(out, machine, set, kind, set_conditions(set).s);
	for (enum chart_width w = 0; w < NR_CHART_WIDTHS; w++)
		draw(&(struct chart){out, report, machine, w}, set, operation);
	chart_close_figure(out, report, &set, 1);
}
