/* SPDX-License-Identifier: MIT */
#include "harness/results/report/chart.h"

#include <math.h>
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/report/svg.h"

enum { NR_COLOURS = 8, NR_DASHES = 4 }; /* of report.css */

/* The colours and shapes come round after different numbers, so that pairs of them are distinct. */
void chart_open_series(const struct chart *chart, const char *impl)
{
	size_t i = report_index(chart->report, impl);

	if (!strcmp(impl, "ceiling"))
		html(chart->out, "<g class=\"series ceiling\" data-impl=\"%s\"", impl);
	else
		html(chart->out, "<g class=\"series c%zu d%zu%s\" data-impl=\"%s\"",
		    (i - 1) % NR_COLOURS, (i - 1) / NR_COLOURS % NR_DASHES,
		    strcmp(impl, chart->report->family->baseline) ? "" : " baseline", impl);
	html(chart->out, " data-class=\"%s\">", report_class(chart->report, chart->machine, impl));
}

void chart_close_series(const struct chart *chart)
{
	fputs("</g>\n", chart->out);
}

size_t chart_shape(const struct chart *chart, const char *impl)
{
	size_t i = report_index(chart->report, impl);

	return i ? (i - 1) % NR_MARKS : 0;
}

/* Of a letter, in the font of report.css, rather more than less. */
static double letter_width(const struct chart *chart)
{
	return chart->width == CHART_WIDE ? 7.2 : 7;
}

double chart_name_room(const struct chart *chart)
{
	double most = chart->width == CHART_WIDE ? 250 : 150, longest = 12;

	for (size_t i = 0; i < chart->report->nr_impls; i++)
		longest = fmax(longest, (double)strlen(chart->report->impls[i]));
	return fmin(longest * letter_width(chart), most);
}

/* Its beginning, as far as it goes; never half of a character. */
static struct text cut(const struct chart *chart, const char *name)
{
	size_t room = (size_t)(chart_name_room(chart) / letter_width(chart) + 0.01);
	struct text text;

	if (strlen(name) <= room) {
		snprintf(text.s, sizeof(text.s), "%s", name);
		return text;
	}
	for (room--; room > 0 && (name[room] & 0xc0) == 0x80; room--)
		;
	snprintf(text.s, sizeof(text.s), "%.*s…", (int)room, name);
	return text;
}

void chart_name(const struct chart *chart, const char *class, double x, double y, const char *impl)
{
	fputs("<a href=\"#", chart->out);
	part_impl_id(chart->out, chart->report, impl);
	html(chart->out, "\"><text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text></a>", class, x, y,
	    cut(chart, impl).s);
}

static void write_ratio(FILE *out, const char *base, const struct measure *ratio)
{
	/* To itself it is 1, without a doubt. */
	if (isnan(ratio->value) || ratio->interval.low == ratio->interval.high)
		return;
	html(out, "\n%s %s", number_ratio(ratio->value).s, base);
	if (*measure_ratio_interval(ratio).s)
		html(out, " (%s)", measure_ratio_interval(ratio).s);
}

void chart_open_point(const struct chart *chart, const struct set *set,
    const struct sweep_point *point, double x, double y)
{
	const struct figures *figures = set_figures(set, point);
	struct measure measure = figures->result;

	html(chart->out, "<g class=\"pt\" data-x=\"%.1f\" data-y=\"%.1f\"><title>%s, %s\n%s", x, y,
	    point->impl, report_class(chart->report, chart->machine, point->impl),
	    set_figure(set, measure.value).s);
	if (*set_named_interval(set, &measure).s)
		html(chart->out, " (%s)", set_named_interval(set, &measure).s);
	write_ratio(chart->out, chart->report->family->baseline, &figures->of_baseline);
	write_ratio(chart->out, "ceiling", &figures->of_ceiling);
	html(chart->out, "\n%s, %s", point->workload, set_conditions(set).s);
}

void chart_point_line(
    const struct chart *chart, const struct report_quantity *quantity, double value)
{
	html(chart->out, "\n%s: %s", quantity->caption, quantity->text(value).s);
}

void chart_close_point(const struct chart *chart)
{
	fputs("</g>", chart->out);
}

void chart_open_figure(FILE *out, const struct report_machine *machine, const struct set *set,
    const char *kind, const char *caption)
{
	html(out,
	    "<figure data-m=\"%u\" data-workload=\"%s\"><figcaption><b>%s</b> %s"
	    "<span class=\"cond\">%s; measured on %s</span></figcaption>\n",
	    machine->id, set->points[0]->workload, set->points[0]->workload, kind, caption,
	    machine->cpus);
}

static bool failed_in(const char *impl, const struct set *const *sets, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		const struct sweep_point *point = set_point(sets[i], impl);

		if (point && point->failure)
			return true;
	}
	return false;
}

void chart_close_figure(
    FILE *out, const struct report *report, const struct set *const *sets, size_t nr)
{
	const char *before = "<p class=\"failed\">Not drawn, failed their checks: ";

	for (size_t i = 0; i < report->nr_impls; i++) {
		if (!failed_in(report->impls[i], sets, nr))
			continue;
		fputs(before, out);
		html(out, "%s", report->impls[i]);
		before = ", ";
	}
	fputs(*before == ',' ? "</p></figure>\n" : "</figure>\n", out);
}
