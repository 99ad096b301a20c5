/* SPDX-License-Identifier: MIT */
/* Which pictures a sweep gives: curves where an axis was swept, rows where it was not. */
#include <stdlib.h>

#include "harness/results/report/chart.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

/* Of sets that no curve shows: the rest are in the table. */
enum { MAX_DOTS = 40 };

/* The curves through set `i`, where it is the first of them; marks all that they show. */
static void draw_curves(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct axis *axis, size_t i, bool *shown)
{
	const struct sets *sets = &machine->sets;
	const struct set **along = calloc(sets->nr, sizeof(*along));
	size_t nr = 0;

	if (!along)
		abort();
	for (size_t j = 0; j < sets->nr; j++) {
		const struct sweep_point *here = sets->list[i].points[0];
		const struct sweep_point *there = sets->list[j].points[0];

		if (j < i && axis_through(axis, there, here))
			break; /* drawn from there already */
		if (j >= i && axis_through(axis, here, there))
			along[nr++] = &sets->list[j];
	}
	if (nr > 1) {
		chart_lines(out, report, machine, axis, along, nr);
		for (size_t j = 0; j < nr; j++)
			shown[along[j] - sets->list] = true;
	}
	free(along);
}

/* Of each workload, where most threads were that have a CPU each. */
static void draw_quantity(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct report_quantity *quantity)
{
	const struct sets *sets = &machine->sets;

	for (size_t i = 0; i < sets->nr; i++) {
		const struct set *set = &sets->list[i];

		if (set == rank_headline_of(machine, set->points[0]->workload) &&
		    chart_has_quantity(set, quantity))
			chart_dots(out, report, machine, set, quantity);
	}
}

static void draw_machine(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	const struct sets *sets = &machine->sets;
	bool *shown = calloc(sets->nr, sizeof(*shown));
	size_t dots = 0, left_out = 0;

	if (!shown)
		abort();
	for (size_t i = 0; i < sets->nr; i++) {
		draw_curves(out, report, machine, &axis_threads, i, shown);
		draw_curves(out, report, machine, &axis_devices, i, shown);
		draw_curves(out, report, machine, &axis_groups, i, shown);
	}
	for (size_t i = 0; i < sets->nr; i++) {
		if (shown[i] || &sets->list[i] == rank_headline(machine))
			continue;
		if (dots++ < MAX_DOTS)
			chart_dots(out, report, machine, &sets->list[i], NULL);
		else
			left_out++;
	}
	for (const struct report_quantity *q = report->family->quantities; q->counter; q++)
		draw_quantity(out, report, machine, q);
	if (left_out)
		html(out,
		    "<p data-m=\"%u\">%zu more conditions are not drawn; they are in the "
		    "table.</p>",
		    machine->id, left_out);
	free(shown);
}

void part_throughput(FILE *out, const struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++) {
		part_machine_name(out, report, &report->machines[i]);
		html(out, "<div class=\"figures\" data-m=\"%u\">\n", report->machines[i].id);
		draw_machine(out, report, &report->machines[i]);
		fputs("</div>\n", out);
	}
}

static bool has_latencies(const struct report *report, const struct set *set)
{
	for (const char *const *op = report->family->operations; *op; op++) {
		if (chart_has_latency(set, *op))
			return true;
	}
	return false;
}

static void draw_latencies(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct set *set, bool open)
{
	html(out,
	    "<details%s data-workload=\"%s\"><summary>%s, %s</summary><div class=\"figures\">\n",
	    open ? " open" : "", set->points[0]->workload, set->points[0]->workload,
	    set_conditions(set).s);
	for (const char *const *op = report->family->operations; *op; op++) {
		if (chart_has_latency(set, *op))
			chart_latency(out, report, machine, set, *op);
	}
	fputs("</div></details>\n", out);
}

/* Those of the headline are open. */
static size_t draw_machines_latencies(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	const struct set *headline = rank_headline(machine);
	size_t drawn = 0;

	if (has_latencies(report, headline)) {
		draw_latencies(out, report, machine, headline, true);
		drawn++;
	}
	for (size_t i = 0; i < machine->sets.nr && drawn < MAX_DOTS; i++) {
		const struct set *set = &machine->sets.list[i];

		if (set == headline || !has_latencies(report, set))
			continue;
		draw_latencies(out, report, machine, set, !drawn);
		drawn++;
	}
	return drawn;
}

void part_latency(FILE *out, const struct report *report)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];
		size_t drawn;

		part_machine_name(out, report, machine);
		html(out, "<div data-m=\"%u\">\n", machine->id);
		drawn = draw_machines_latencies(out, report, machine);
		fputs("</div>\n", out);
		if (!drawn)
			html(out,
			    "<p data-m=\"%u\">This sweep recorded no latencies. "
			    "<code>ownbench run --help</code> says how to.</p>\n",
			    machine->id);
	}
}
