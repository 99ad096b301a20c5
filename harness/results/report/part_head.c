/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/report/svg.h"

void part_title(FILE *out, const struct report *report)
{
	if (report->nr_machines == 1)
		html(out, "ownbench: %s", report->machines[0].name);
	else
		html(out, "ownbench: %zu machines", report->nr_machines);
}

static size_t count_designs(const struct report *report)
{
	size_t nr = 0;

	for (size_t i = 0; i < report->nr_impls; i++)
		nr +=
		    strcmp(report->impls[i], "ceiling") && strcmp(report->impls[i], "handwritten");
	return nr;
}

static size_t most_repetitions(const struct sweep *sweep)
{
	size_t most = 0;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (sweep->points[i].nr_runs > most)
			most = sweep->points[i].nr_runs;
	}
	return most;
}

static size_t count_failures(const struct sweep *sweep)
{
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_points; i++)
		nr += sweep->points[i].failure != NULL;
	return nr;
}

/* What was run on one machine, and when. */
static void describe_sweep(FILE *out, const struct report_machine *machine)
{
	const struct sweep *sweep = &machine->sweep;
	const char *time = report_text(machine->environment, "time");
	struct text day; /* of an ISO date with its time */
	size_t failures = count_failures(sweep);
	size_t repetitions = most_repetitions(sweep);

	snprintf(day.s, sizeof(day.s), "%.10s", time);
	html(out, "<p class=\"where\" data-m=\"%u\">Measured on <b>%s</b>", machine->id,
	    machine->name);
	if (*time)
		html(out, ", <time>%s</time>", day.s);
	html(out, ": %zu runs under %zu conditions, %zu repetition%s each", sweep->nr_points,
	    machine->sets.nr, repetitions, repetitions == 1 ? "" : "s");
	if (failures)
		html(out, "; <a href=\"#runs\">%zu failed %s checks</a>", failures,
		    failures == 1 ? "its" : "their");
	fputs(".</p>\n", out);
}

void part_head(FILE *out, const struct report *report)
{
	size_t designs = count_designs(report);

	html(out, "<h1>Who owns the group’s DMA? %zu design%s measured", designs,
	    designs == 1 ? "" : "s");
	if (report->nr_machines > 1)
		html(out, " on %zu machines", report->nr_machines);
	fputs("</h1>\n", out);
	for (size_t i = 0; i < report->nr_machines; i++)
		describe_sweep(out, &report->machines[i]);
}

static void write_machines(FILE *out, const struct report *report)
{
	fputs(
	    "<label>Machine <select id=\"f-m\"><option value=\"\">all, side by side</option>", out);
	for (size_t i = 0; i < report->nr_machines; i++)
		html(out, "<option value=\"%u\">%u. %s</option>", report->machines[i].id,
		    report->machines[i].id, report->machines[i].name);
	fputs("</select></label>\n", out);
}

/* Each workload of any machine once. */
static void write_workloads(FILE *out, const struct report *report)
{
	const char *last = "";

	fputs("<label>Workload <select id=\"f-workload\"><option value=\"\">all</option>", out);
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct sets *sets = &report->machines[m].sets;

		for (size_t i = 0; i < sets->nr; i++) {
			const char *workload = sets->list[i].points[0]->workload;

			/* Sorted; a later machine's are added by the script where they are new. */
			if (strcmp(workload, last) != 0)
				html(out, "<option>%s</option>", workload);
			last = workload;
		}
	}
	fputs("</select></label>\n", out);
}

void part_toolbar(FILE *out, const struct report *report)
{
	if (report->nr_machines > 1)
		write_machines(out, report);
	write_workloads(out, report);
	fputs("<label>Class <select id=\"f-class\"><option value=\"\">all</option>", out);
	for (size_t i = 0; rank_classes[i]; i++)
		html(out, "<option>%s</option>", rank_classes[i]);
	fputs("</select></label>\n", out);
}

void part_marks(FILE *out, const struct report *report)
{
	(void)report;
	svg_define_marks(out);
}

void part_foot(FILE *out, const struct report *report)
{
	html(out, "%s", report->made);
}
