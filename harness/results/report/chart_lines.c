/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/html.h"
#include "harness/results/report/svg.h"

static const double LABEL_STEP = 14;

/* One picture while it is drawn. */
struct lines {
	struct chart chart;
	const struct axis *axis;
	const struct set *const *sets;
	size_t nr;
	struct scale x, y;
	struct box box;
	double width;
};

/* Where a curve ends, and where its name goes. */
struct end {
	const char *impl;
	double x, y;
	double label;
};

/* NULL where there is nothing to draw. */
static const struct sweep_point *drawn_point(const struct set *set, const char *impl)
{
	const struct sweep_point *point = set_point(set, impl);

	return point && !point->failure && set_figures(set, point)->result.value > 0 ? point : NULL;
}

static double axis_value(const struct lines *lines, size_t i)
{
	return fmax(1, lines->axis->of(lines->sets[i]->points[0]));
}

static size_t count_curves(const struct report *report, const struct set *const *sets, size_t nr)
{
	size_t curves = 0;

	for (size_t i = 0; i < report->nr_impls; i++) {
		bool drawn = false;

		for (size_t j = 0; j < nr; j++)
			drawn |= drawn_point(sets[j], report->impls[i]) != NULL;
		curves += drawn;
	}
	return curves;
}

static void find_range(const struct lines *lines, double *min, double *max)
{
	*min = INFINITY;
	*max = 0;
	for (size_t i = 0; i < lines->nr; i++) {
		const struct set *set = lines->sets[i];

		for (size_t j = 0; j < set->nr_passed; j++) {
			struct measure m = set_figures(set, set->points[j])->result;

			if (!(m.value > 0))
				continue;
			*min = fmin(*min, m.interval.low > 0 ? m.interval.low : m.value);
			*max = fmax(*max, m.interval.high > 0 ? m.interval.high : m.value);
		}
	}
}

static void draw_axes(const struct lines *lines)
{
	struct ticks ticks = scale_ticks(&lines->y, TICK_HEIGHT);
	FILE *out = lines->chart.out;
	const struct box *box = &lines->box;

	for (size_t i = 0; i < ticks.nr; i++) {
		double y = scale_at(&lines->y, ticks.at[i]);

		svg_line(out, "grid", box->left, y, box->right, y);
		svg_text(out, "tick r", box->left - 6, y + 4,
		    number_tick(
			lines->sets[0]->time ? number_time(ticks.at[i]) : number_si(ticks.at[i]))
			.s);
	}
	for (size_t i = 0; i < lines->nr; i++) {
		double x = scale_at(&lines->x, axis_value(lines, i));

		svg_line(out, "grid", x, box->top, x, box->bottom + 4);
		svg_text(out, "tick m", x, box->bottom + 18,
		    number_tick(number_plain(lines->axis->of(lines->sets[i]->points[0]))).s);
	}
	svg_text(out, "tick m", (box->left + box->right) / 2, box->bottom + 36, lines->axis->label);
}

static void draw_curve_line(const struct lines *lines, const char *impl)
{
	char move = 'M';

	fputs("<path class=\"curve\" d=\"", lines->chart.out);
	for (size_t i = 0; i < lines->nr; i++) {
		const struct sweep_point *point = drawn_point(lines->sets[i], impl);

		if (!point) {
			move = 'M'; /* a gap: it was not measured there, or failed */
			continue;
		}
		html(lines->chart.out, "%c%.1f %.1f", move,
		    scale_at(&lines->x, axis_value(lines, i)),
		    scale_at(&lines->y, set_figures(lines->sets[i], point)->result.value));
		move = 'L';
	}
	fputs("\"/>", lines->chart.out);
}

static void draw_curve_points(const struct lines *lines, struct end *end)
{
	const struct chart *chart = &lines->chart;

	for (size_t i = 0; i < lines->nr; i++) {
		const struct set *set = lines->sets[i];
		const struct sweep_point *point = drawn_point(set, end->impl);
		struct measure m;

		if (!point)
			continue;
		m = set_figures(set, point)->result;
		end->x = scale_at(&lines->x, axis_value(lines, i));
		end->y = scale_at(&lines->y, m.value);
		chart_open_point(chart, set, point, end->x, end->y);
		fputs("</title>", chart->out);
		if (m.interval.low > 0)
			svg_line(chart->out, "whisker", end->x, scale_at(&lines->y, m.interval.low),
			    end->x, scale_at(&lines->y, m.interval.high));
		svg_mark(chart->out, chart_shape(chart, end->impl), end->x, end->y);
		chart_close_point(chart);
	}
}

static void draw_curve(const struct lines *lines, struct end *end)
{
	const struct chart *chart = &lines->chart;
	double left = lines->box.right + (chart->width == CHART_WIDE ? 34 : 22);

	chart_open_series(chart, end->impl);
	draw_curve_line(lines, end->impl);
	draw_curve_points(lines, end);
	html(chart->out, "<path class=\"leader\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1f\"/>",
	    end->x + 5, end->y, lines->box.right + 8, end->y, left - 8, end->label);
	svg_mark(chart->out, chart_shape(chart, end->impl), left, end->label);
	chart_name(chart, "name l", left + 9, end->label + 4, end->impl);
	chart_close_series(chart);
}

static int by_height(const void *left, const void *right)
{
	const struct end *a = left, *b = right;

	return (a->y > b->y) - (a->y < b->y);
}

/* Names as near to their curves' ends as they can be without touching. */
static void place_labels(const struct lines *lines, struct end *ends, size_t nr)
{
	qsort(ends, nr, sizeof(*ends), by_height);
	for (size_t i = 0; i < nr; i++)
		ends[i].label =
		    fmax(ends[i].y, i ? ends[i - 1].label + LABEL_STEP : lines->box.top);
	for (size_t i = nr; i-- > 0;)
		ends[i].label = fmin(
		    ends[i].label, i + 1 < nr ? ends[i + 1].label - LABEL_STEP : lines->box.bottom);
}

static size_t find_ends(const struct lines *lines, struct end *ends)
{
	const struct report *report = lines->chart.report;
	size_t nr = 0;

	for (size_t i = 0; i < report->nr_impls; i++) {
		struct end end = {.impl = NULL};

		for (size_t j = 0; j < lines->nr; j++) {
			const struct sweep_point *point =
			    drawn_point(lines->sets[j], report->impls[i]);

			if (!point)
				continue;
			end.impl = report->impls[i];
			end.y =
			    scale_at(&lines->y, set_figures(lines->sets[j], point)->result.value);
		}
		if (end.impl)
			ends[nr++] = end;
	}
	return nr;
}

static void draw(struct lines *lines)
{
	struct end *ends = calloc(lines->chart.report->nr_impls, sizeof(*ends));
	char label[256];
	size_t nr;

	if (!ends)
		abort();
	snprintf(label, sizeof(label), "%.40s against %.40s: one curve for each implementation",
	    lines->sets[0]->points[0]->workload, lines->axis->label);
	svg_open(lines->chart.out, lines->chart.width == CHART_WIDE ? "wide" : "narrow",
	    lines->width, lines->box.bottom + 42, label);
	draw_axes(lines);
	nr = find_ends(lines, ends);
	place_labels(lines, ends, nr);
	for (size_t i = nr; i-- > 0;)
		draw_curve(lines, &ends[i]);
	svg_close(lines->chart.out);
	free(ends);
}

/* "pairs per second; 1 group of 8 devices": all but the axis. */
static void write_caption(char *caption, size_t size, const struct axis *axis,
    const struct set *set, const struct set *last_set)
{
	const struct sweep_point *p = set->points[0], *last = last_set->points[0];
	char where[100];

	if (axis == &axis_threads)
		snprintf(where, sizeof(where), "%u group%s of %u device%s%s", p->groups,
		    p->groups == 1 ? "" : "s", p->devices, p->devices == 1 ? "" : "s",
		    last->devices > p->devices ? ", or of one for each thread" : "");
	else if (axis == &axis_groups)
		snprintf(where, sizeof(where), "%u thread%s, %u device%s of a group", p->threads,
		    p->threads == 1 ? "" : "s", p->devices, p->devices == 1 ? "" : "s");
	else
		snprintf(where, sizeof(where), "%u thread%s, %u group%s", p->threads,
		    p->threads == 1 ? "" : "s", p->groups, p->groups == 1 ? "" : "s");
	snprintf(
	    caption, size, "%s, %.100s; %.100s", where, set_parameters(set).s, set_unit(set).s);
}

void chart_lines(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct axis *axis, const struct set *const *sets, size_t nr)
{
	static const double widths[] = {[CHART_WIDE] = 940, [CHART_NARROW] = 350};
	size_t curves = count_curves(report, sets, nr);
	double height = fmax(300, LABEL_STEP * (double)curves + 10);
	char kind[80], caption[400];
	double min, max;

	snprintf(kind, sizeof(kind), "against %s", axis->label);
	write_caption(caption, sizeof(caption), axis, sets[0], sets[nr - 1]);
	chart_open_figure(out, machine, sets[0], kind, caption);
	for (enum chart_width w = 0; curves && w < NR_CHART_WIDTHS; w++) {
		struct lines lines = {
		    {out, report, machine, w}, axis, sets, nr, .width = widths[w]};

		lines.box = (struct box){w == CHART_WIDE ? 58 : 44, 10,
		    widths[w] - chart_name_room(&lines.chart) - (w == CHART_WIDE ? 50 : 38),
		    10 + height};
		find_range(&lines, &min, &max);
		lines.y = scale_round(min, max, lines.box.bottom, lines.box.top);
		lines.x = scale_tight(axis_value(&lines, 0), axis_value(&lines, nr - 1),
		    lines.box.left, lines.box.right);
		draw(&lines);
	}
	chart_close_figure(out, report, sets, nr);
}
