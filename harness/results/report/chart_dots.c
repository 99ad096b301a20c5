/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/svg.h"

enum { ROW = 20, TOP = 30 };

/* A point with what is drawn of it, whose interval takes a while to find. */
struct dot {
	const struct sweep_point *point;
	struct measure measure;
};

/* One picture. */
struct dots {
	struct chart chart;
	const struct set *set;
	const struct report_quantity *quantity; /* NULL: what the set is judged by */
	struct dot *all;                        /* that passed, best first */
};

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

static struct measure measure_of(const struct dots *dots, const struct sweep_point *point)
{
	if (dots->quantity)
		return point_measure(point, dots->quantity->counter);
	return set_figures(dots->set, point)->result;
}

static struct text text_of(const struct dots *dots, double value)
{
	if (dots->quantity)
		return dots->quantity->text(value);
	return dots->set->time ? number_time(value) : number_si(value);
}

static struct scale scale_of(const struct dots *dots, const struct layout *layout)
{
	double min = INFINITY, max = 0;

	for (size_t i = 0; i < dots->set->nr_passed; i++) {
		struct measure m = dots->all[i].measure;

		if (!(m.value > 0))
			continue;
		min = fmin(min, m.interval.low > 0 ? m.interval.low : m.value);
		max = fmax(max, m.interval.high > 0 ? m.interval.high : m.value);
	}
	return scale_round(min, max, layout->left + 8, layout->right - 8);
}

static void draw_axis(const struct dots *dots, const struct scale *scale, double top, double bottom)
{
	struct ticks ticks = scale_ticks(scale, TICK_LENGTH);
	FILE *out = dots->chart.out;

	for (size_t i = 0; i < ticks.nr; i++) {
		double x = scale_at(scale, ticks.at[i]);

		svg_line(out, "grid", x, top - 6, x, bottom);
		svg_text(out, "tick m", x, top - 12, number_tick(text_of(dots, ticks.at[i])).s);
	}
}

/* The mark and its interval; none of what is not above 0, for the axis is logarithmic. */
static void draw_mark(const struct dots *dots, const struct scale *scale, size_t i, double y)
{
	const struct chart *chart = &dots->chart;
	struct measure m = dots->all[i].measure;
	double x;

	if (!(m.value > 0))
		return;
	x = scale_at(scale, m.value);
	chart_open_point(chart, dots->set, dots->all[i].point, x, y);
	if (dots->quantity)
		chart_point_line(chart, dots->quantity, m.value);
	fputs("</title>", chart->out);
	if (m.interval.low > 0)
		svg_line(chart->out, "whisker", scale_at(scale, m.interval.low), y,
		    scale_at(scale, m.interval.high), y);
	svg_mark(chart->out, chart_shape(chart, dots->all[i].point->impl), x, y);
	chart_close_point(chart);
}

static void draw_row(const struct dots *dots, const struct scale *scale, size_t i)
{
	const struct chart *chart = &dots->chart;
	const struct layout layout = layout_of(chart);
	const struct sweep_point *point = dots->all[i].point;
	const bool wide = chart->width == CHART_WIDE;
	const double value = dots->all[i].measure.value;
	double y = TOP + ((double)i + 0.5) * ROW;

	chart_open_series(chart, point->impl);
	chart_name(chart, "name r", layout.left - 6, y + 4, point->impl);
	svg_line(chart->out, "row", layout.left, y, layout.right, y);
	draw_mark(dots, scale, i, y);
	svg_text(chart->out, "value r", layout.width - (wide ? 66 : 2), y + 4,
	    wide && !dots->quantity ? set_figure(dots->set, value).s : text_of(dots, value).s);
	if (wide && dots->set->baseline && !dots->quantity)
		svg_text(chart->out, "ratio r", layout.width - 2, y + 4,
		    number_ratio(set_figures(dots->set, point)->of_baseline.value).s);
	chart_close_series(chart);
}

static void draw(const struct dots *dots)
{
	const struct chart *chart = &dots->chart;
	const struct set *set = dots->set;
	const struct layout layout = layout_of(chart);
	double bottom = TOP + (double)set->nr_passed * ROW;
	struct scale scale = scale_of(dots, &layout);
	char label[256];

	snprintf(label, sizeof(label), "%.40s, %.100s: %zu implementations, best first",
	    set->points[0]->workload, set_conditions(set).s, set->nr_passed);
	svg_open(chart->out, chart->width == CHART_WIDE ? "wide" : "narrow", layout.width,
	    bottom + 6, label);
	draw_axis(dots, &scale, TOP, bottom);
	if (chart->width == CHART_WIDE && set->baseline && !dots->quantity)
		svg_text(chart->out, "tick r", layout.width - 2, TOP - 12,
		    chart->report->family->baseline);
	for (size_t i = 0; i < set->nr_passed; i++) {
		if (dots->quantity || dots->all[i].measure.value > 0)
			draw_row(dots, &scale, i);
	}
	svg_close(chart->out);
}

/* A logarithmic axis needs something above 0. */
static bool can_draw(const struct dots *dots)
{
	for (size_t i = 0; i < dots->set->nr_passed; i++) {
		if (dots->all[i].measure.value > 0)
			return true;
	}
	return false;
}

bool chart_has_quantity(const struct set *set, const struct report_quantity *quantity)
{
	for (size_t i = 0; i < set->nr_passed; i++) {
		if (sweep_counter(set->points[i], quantity->counter) > 0)
			return true;
	}
	return false;
}

/* The least first; the order of a set is that of what it is judged by. */
static void sort(struct dot *all, size_t nr)
{
	for (size_t i = 1; i < nr; i++) {
		for (size_t j = i; j > 0 && all[j].measure.value < all[j - 1].measure.value; j--) {
			const struct dot other = all[j];

			all[j] = all[j - 1];
			all[j - 1] = other;
		}
	}
}

static void measure_all(struct dots *dots)
{
	const struct set *set = dots->set;

	dots->all = calloc(set->nr_passed + 1, sizeof(*dots->all));
	if (!dots->all)
		abort(); /* some hundred bytes */
	for (size_t i = 0; i < set->nr_passed; i++)
		dots->all[i] = (struct dot){set->points[i], measure_of(dots, set->points[i])};
	if (dots->quantity)
		sort(dots->all, set->nr_passed);
}

void chart_dots(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set, const struct report_quantity *quantity)
{
	struct dots dots = {
	    .chart = {out, report, machine, CHART_WIDE}, .set = set, .quantity = quantity};
	char caption[400];

	snprintf(caption, sizeof(caption), "%.150s; %.200s", set_conditions(set).s,
	    quantity ? quantity->caption : set_unit(set).s);
	chart_open_figure(out, machine, set, "", caption);
	measure_all(&dots);
	for (enum chart_width w = 0; can_draw(&dots) && w < NR_CHART_WIDTHS; w++) {
		dots.chart.width = w;
		draw(&dots);
	}
	free(dots.all);
	chart_close_figure(out, report, &set, 1);
}
