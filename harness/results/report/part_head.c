/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"
#include "harness/results/report/svg.h"

static size_t count_machines(const struct report *report)
{
	size_t nr = 0;

	for (size_t i = 0; i < report->nr_machines; i++)
		nr += report_is_first_of_machine(report, i);
	return nr;
}

void part_title(FILE *out, const struct report *report)
{
	if (report_is_of_several(report))
		html(out, "ownbench: %zu machines", count_machines(report));
	else
		html(out, "ownbench: %s", report->machines[0].name);
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

/* "ownership: 294 runs under 14 conditions, 5 repetitions each" */
static void describe_runs(
    FILE *out, const struct report *report, const struct report_machine *machine)
{
	const struct sweep *sweep = &machine->sweep;
	size_t failures = count_failures(sweep);
	size_t repetitions = most_repetitions(sweep);

	if (report->nr_families > 1)
		html(out, "<a href=\"#%s\">%s</a>: ", machine->family->name, machine->family->name);
	html(out, "%zu runs under %zu conditions, %zu repetition%s each", sweep->nr_points,
	    machine->sets.nr, repetitions, repetitions == 1 ? "" : "s");
	if (failures)
		html(out, "; <a href=\"#%sruns\">%zu failed %s checks</a>", machine->family->prefix,
		    failures, failures == 1 ? "its" : "their");
}

/* What was run on one machine, and when: of all families. */
static void describe_machine(FILE *out, const struct report *report, size_t first)
{
	const struct report_machine *machine = &report->machines[first];
	const char *time = report_text(machine->environment, "time"), *before = ": ";
	struct text day; /* of an ISO date with its time */

	snprintf(day.s, sizeof(day.s), "%.10s", time);
	html(out, "<p class=\"where\" data-m=\"%u\">Measured on <b>%s</b>", machine->id,
	    machine->name);
	if (*time)
		html(out, ", <time>%s</time>", day.s);
	for (size_t i = first; i < report->nr_machines; i++) {
		if (report->machines[i].id != machine->id)
			continue;
		fputs(before, out);
		describe_runs(out, report, &report->machines[i]);
		before = "; ";
	}
	fputs(".</p>\n", out);
}

void part_head(FILE *out, const struct report *report)
{
	const struct report *first = &report->families[0];
	size_t designs = 0;

	for (size_t i = 0; i < report->nr_families; i++)
		designs += count_designs(&report->families[i]);
	html(out, "<h1>%s ", first->family->question);
	if (report->nr_families > 1)
		html(out, "And %s: ",
		    report->nr_families == 2 ? "a neighbouring problem"
					     : "two neighbouring problems");
	html(out, "%zu design%s measured", designs, designs == 1 ? "" : "s");
	if (report_is_of_several(report))
		html(out, " on %zu machines", count_machines(report));
	fputs("</h1>\n", out);
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (report_is_first_of_machine(report, i))
			describe_machine(out, report, i);
	}
}

static void write_link(FILE *out, const char *prefix, const char *place, const char *text)
{
	html(out, "<a href=\"#%s%s\">%s</a>\n", prefix, place, text);
}

/* The parts of a family; its designs come behind the claims. */
static void write_family_links(FILE *out, const char *prefix)
{
	write_link(out, prefix, "winners", "Fastest");
	write_link(out, prefix, "throughput", "Throughput");
	write_link(out, prefix, "latency", "Latency");
	write_link(out, prefix, "runs", "All runs");
	write_link(out, prefix, "classes", "Classes");
}

void part_nav(FILE *out, const struct report *report)
{
	write_link(out, "", "answer", "Answer");
	if (report->nr_families == 1)
		write_family_links(out, report->families[0].family->prefix);
	for (size_t i = 0; i < report->nr_families && report->nr_families > 1; i++)
		write_link(
		    out, "", report->families[i].family->name, report->families[i].family->title);
	write_link(out, "", "claims", "Claims");
	write_link(out, "", "implementations", "Designs");
	write_link(out, "", "environment", "Machine");
	write_link(out, "", "reproduce", "Reproduce");
}

void part_family_nav(FILE *out, const struct report *report)
{
	write_family_links(out, report->family->prefix);
	write_link(out, report->family->prefix, "implementations", "Designs");
}

static void write_machines(FILE *out, const struct report *report)
{
	fputs(
	    "<label>Machine <select id=\"f-m\"><option value=\"\">all, side by side</option>", out);
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (report_is_first_of_machine(report, i))
			html(out, "<option value=\"%u\">%u. %s</option>", report->machines[i].id,
			    report->machines[i].id, report->machines[i].name);
	}
	fputs("</select></label>\n", out);
}

static void write_families(FILE *out, const struct report *report)
{
	fputs("<label>Problem <select id=\"f-family\"><option value=\"\">all</option>", out);
	for (size_t i = 0; i < report->nr_families; i++)
		html(out, "<option>%s</option>", report->families[i].family->name);
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

/* Whether any implementation is of that class, on any machine. */
static bool has_class(const struct report *report, const char *class)
{
	for (size_t f = 0; f < report->nr_families; f++) {
		const struct report *part = &report->families[f];

		for (size_t i = 0; i < part->nr_machines * part->nr_impls; i++) {
			const struct report_machine *machine = &part->machines[i / part->nr_impls];

			if (!strcmp(report_class(part, machine, part->impls[i % part->nr_impls]),
				class))
				return true;
		}
	}
	return false;
}

void part_toolbar(FILE *out, const struct report *report)
{
	if (report_is_of_several(report))
		write_machines(out, report);
	if (report->nr_families > 1)
		write_families(out, report);
	write_workloads(out, report);
	fputs("<label>Class <select id=\"f-class\"><option value=\"\">all</option>", out);
	for (size_t i = 0; rank_classes[i]; i++) {
		if (has_class(report, rank_classes[i]))
			html(out, "<option>%s</option>", rank_classes[i]);
	}
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
