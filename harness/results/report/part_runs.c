/* SPDX-License-Identifier: MIT */
/* Every figure of every run, to sort and to filter. */
#include <math.h>
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static void write_number(FILE *out, double value, struct text text)
{
	if (isfinite(value))
		html(out, "<td class=\"n\" data-v=\"%.17g\">%s</td>", value, text.s);
	else
		fputs("<td class=\"n\"></td>", out);
}

static void write_ratio(FILE *out, const struct measure *ratio, struct text text)
{
	if (isfinite(ratio->value))
		html(out, "<td class=\"n\" data-v=\"%.17g\" title=\"%s\">%s</td>", ratio->value,
		    measure_ratio_interval(ratio).s, text.s);
	else
		fputs("<td class=\"n\"></td>", out);
}

static void write_columns(
    FILE *out, const struct report_column *columns, const struct sweep_point *point)
{
	for (const struct report_column *c = columns; c->key; c++) {
		double value = report_column_value(c, point);

		write_number(out, value, c->text(value));
	}
}

/* Of the run that has most: by them the column of intervals is headed. */
static size_t most_repetitions(const struct report *report)
{
	size_t most = 0;

	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct sets *sets = &report->machines[m].sets;

		for (size_t i = 0; i < sets->nr; i++) {
			size_t here = set_repetitions(&sets->list[i]);

			most = here > most ? here : most;
		}
	}
	return most;
}

static void write_passed(FILE *out, const struct report *report, const struct set *set,
    const struct sweep_point *point, size_t repetitions)
{
	const struct figures *figures = set_figures(set, point);

	write_number(out, figures->result.value, set_figure(set, figures->result.value));
	write_ratio(out, &figures->of_baseline, number_ratio(figures->of_baseline.value));
	write_ratio(out, &figures->of_ceiling, number_plain(figures->of_ceiling.value));
	html(out, "<td class=\"interval\">%s</td>",
	    set_interval_cell(set, &figures->result, repetitions).s);
	write_columns(out, report->family->columns, point);
	write_columns(out, report_common_columns, point);
}

/* Of a run that has them. */
static unsigned int count_columns(const struct report *report)
{
	unsigned int nr = 4;

	for (const struct report_column *c = report->family->columns; c->key; c++)
		nr++;
	for (const struct report_column *c = report_common_columns; c->key; c++)
		nr++;
	return nr;
}

static void write_row(FILE *out, const struct report *report, const struct report_machine *machine,
    const struct set *set, const struct sweep_point *point, size_t repetitions)
{
	const char *class = report_class(report, machine, point->impl);

	html(out, "<tr%s data-m=\"%u\" data-workload=\"%s\" data-impl=\"%s\" data-class=\"%s\">",
	    point->failure ? " class=\"bad\"" : "", machine->id, point->workload, point->impl,
	    class);
	fputs("<td>", out);
	part_impl_link(out, report, point->impl);
	fputs("</td><td>", out);
	part_badge(out, "class", class);
	fputs("</td>", out);
	if (report->nr_machines > 1)
		html(out, "<td data-v=\"%u\">%s</td>", machine->id, machine->name);
	html(out,
	    "<td>%s</td><td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%u</td>",
	    point->workload, point->threads, point->devices, point->groups);
	if (point->failure)
		html(out, "<td colspan=\"%u\" class=\"failure\">failed, not ranked: %s</td>",
		    count_columns(report), point->failure);
	else
		write_passed(out, report, set, point, repetitions);
	html(out, "<td class=\"c\">%s</td></tr>\n", set_parameters(set).s);
}

static void write_headings(FILE *out, const struct report_column *columns)
{
	for (const struct report_column *c = columns; c->key; c++)
		html(out, "<th class=\"n\" data-key=\"%s\">%s</th>", c->key, c->heading);
}

static void write_head(FILE *out, const struct report *report, size_t repetitions)
{
	html(out,
	    "<table class=\"sortable\" data-name=\"%sruns\"><thead><tr>"
	    "<th data-key=\"impl\">implementation</th><th data-key=\"class\">class</th>",
	    report->family->prefix);
	if (report->nr_machines > 1)
		fputs("<th data-key=\"machine\">machine</th>", out);
	html(out,
	    "<th data-key=\"workload\">workload</th>"
	    "<th class=\"n\" data-key=\"threads\">threads</th>"
	    "<th class=\"n\" data-key=\"devices\">devices</th>"
	    "<th class=\"n\" data-key=\"groups\">groups</th>"
	    "<th class=\"n\" data-key=\"result\">median</th>"
	    "<th class=\"n\" data-key=\"speedup\">× %s</th>"
	    "<th class=\"n\" data-key=\"ceiling\">part of ceiling</th><th>%s</th>",
	    report->family->baseline, interval_heading(repetitions).s);
	write_headings(out, report->family->columns);
	write_headings(out, report_common_columns);
	fputs("<th data-key=\"parameters\">other conditions</th></tr></thead><tbody>\n", out);
}

void part_runs(FILE *out, const struct report *report)
{
	const size_t repetitions = most_repetitions(report);

	write_head(out, report, repetitions);
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];

		for (size_t s = 0; s < machine->sets.nr; s++) {
			const struct set *set = &machine->sets.list[s];

			for (size_t i = 0; i < set->nr; i++)
				write_row(out, report, machine, set, set->points[i], repetitions);
		}
	}
	fputs("</tbody></table>\n", out);
}
