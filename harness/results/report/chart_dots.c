/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/svg.h"

enum { ROW = 20, TOP = 30 };

struct layout {
	double width;
	double left;  /* end of the names */
	double right; /* begin of the figures */
};

static struct layout layout_of(const struct chart *chart)
{
	if (chart->width == CHART_WIDE)
		return (struct layout){940, chart_name_room(chart) + 10, 750};
	return (struct layout){350, chart_name_room(chart) + 6, 284};
}

static struct scale scale_of(const struct set *set, const struct layout *layout)
{
	double min = INFINITY, max = 0;

	for (size_t i = 0; i < set->nr_passed; i++) {
		struct measure m = set_figures(set, set->points[i])->result;

		if (!(m.value > 0))
			continue;
		min = fmin(min, m.interval.low > 0 ? m.interval.low : m.value);
		max = fmax(max, m.interval.high > 0 ? m.interval.high : m.value);
	}
	return scale_round(min, max, layout->left + 8, layout->right - 8);
}

static void draw_axis(
    FILE *out, const struct set *set, const struct scale *scale, double top, double bottom)
{
	struct ticks ticks = scale_ticks(scale, TICK_LENGTH);

	for (size_t i = 0; i < ticks.nr; i++) {
		double x = scale_at(scale, ticks.at[i]);

		svg_line(out, "grid", x, top - 6, x, bottom);
		svg_text(out, "tick m", x, top - 12,
		    number_tick(set->is_time ? number_time(ticks.at[i]) : number_si(ticks.at[i]))
			.s);
	}
}

static void draw_row(
    const struct chart *chart, const struct set *set, const struct scale *scale, size_t i)
{
	const struct layout layout = layout_of(chart);
	const struct sweep_point *point = set->points[i];
	double y = TOP + ((double)i + 0.5) * ROW;
	struct measure m = set_figures(set, point)->result;
	double x = scale_at(scale, m.value);

	chart_open_series(chart, point->impl);
	chart_name(chart, "name r", layout.left - 6, y + 4, point->impl);
	svg_line(chart->out, "row", layout.left, y, layout.right, y);
	chart_open_point(chart, set, point, x, y);
	fputs("</title>", chart->out);
	if (m.interval.low > 0)
		svg_line(chart->out, "whisker", scale_at(scale, m.interval.low), y,
		    scale_at(scale, m.interval.high), y);
	svg_mark(chart->out, chart_shape(chart, point->impl), x, y);
	chart_close_point(chart);
	svg_text(chart->out, "value r", layout.width - (chart->width == CHART_WIDE ? 66 : 2), y + 4,
	    chart->width == CHART_WIDE ? set_figure(set, m.value).s
	    : set->is_time             ? number_time(m.value).s
				       : number_si(m.value).s);
	if (chart->width == CHART_WIDE && set->baseline)
		svg_text(chart->out, "ratio r", layout.width - 2, y + 4,
		    number_ratio(set_figures(set, point)->of_baseline.value).s);
	chart_close_series(chart);
}

static void draw(const struct chart *chart, const struct set *set)
{
	const struct layout layout = layout_of(chart);
	double bottom = TOP + (double)set->nr_passed * ROW;
	struct scale scale = scale_of(set, &layout);
	char label[256];

	snprintf(label, sizeof(label), "%.40s, %.100s: %zu implementations, best first",
	    set->points[0]->workload, set_conditions(set).s, set->nr_passed);
	svg_open(chart->out, chart->width == CHART_WIDE ? "wide" : "narrow", layout.width,
	    bottom + 6, label);
	draw_axis(chart->out, set, &scale, TOP, bottom);
	if (chart->width == CHART_WIDE && set->baseline)
		svg_text(chart->out, "tick r", layout.width - 2, TOP - 12, "mutex_count");
	for (size_t i = 0; i < set->nr_passed; i++) {
		if (set_figures(set, set->points[i])->result.value > 0)
			draw_row(chart, set, &scale, i);
	}
	svg_close(chart->out);
}

/* A logarithmic axis needs something above 0. */
static bool can_draw(const struct set *set)
{
	for (size_t i = 0; i < set->nr_passed; i++) {
		if (set_figures(set, set->points[i])->result.value > 0)
			return true;
	}
	return false;
}

void chart_dots(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set)
{
	struct text unit = set_unit(set);
	char caption[400];

	snprintf(caption, sizeof(caption), "%.150s; %.100s", set_conditions(set).s, unit.s);
	chart_open_figure(out, machine, set, "", caption);
	for (enum chart_width w = 0; can_draw(set) && w < NR_CHART_WIDTHS; w++)
		draw(&(struct chart){out, report, machine, w}, set);
	chart_close_figure(out, report, &set, 1);
}
