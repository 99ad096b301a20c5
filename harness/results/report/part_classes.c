/* SPDX-License-Identifier: MIT */
/* The class of each implementation, and on what evidence. */
#include <string.h>

#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static void write_checker(FILE *out, const json_t *checker)
{
	double checked = json_number_value(json_object_get(checker, "checked"));
	const char *fault = report_text(checker, "fault");

	if (!json_is_true(json_object_get(checker, "ran"))) {
		fputs("<td class=\"n\">not run</td>", out);
		return;
	}
	html(out, "<td class=\"n\" data-v=\"%.17g\">%s", checked, number_si(checked).s);
	if (*fault)
		html(out, "<br><span class=\"unit\" title=\"%s\">found: %s</span>", fault,
		    report_text(checker, "class"));
	fputs("</td>", out);
}

static void write_evidence(FILE *out, const json_t *verdict, size_t columns)
{
	const json_t *checkers = json_object_get(verdict, "checkers");

	for (size_t i = 0; i < columns; i++) {
		if (i < json_array_size(checkers))
			write_checker(out, json_array_get(checkers, i));
		else
			fputs("<td class=\"n\"></td>", out);
	}
}

static void write_row(FILE *out, const struct report *report, const struct report_machine *machine,
    const char *impl, size_t columns)
{
	const json_t *verdict = report_verdict(machine, impl);
	const json_t *facts = report_facts(report, impl);
	const char *class = report_class(report, machine, impl);

	html(
	    out, "<tr data-m=\"%u\" data-impl=\"%s\" data-class=\"%s\">", machine->id, impl, class);
	if (report->nr_machines > 1)
		html(out, "<td data-v=\"%u\">%s</td>", machine->id, machine->name);
	fputs("<td>", out);
	part_impl_link(out, report, impl);
	html(out, "</td><td>%s</td><td>",
	    verdict ? report_text(verdict, "declared") : report_text(facts, "class"));
	if (!verdict)
		fputs("only declared", out);
	else
		part_badge(out, "class", class);
	if (rank_contradicts(machine, impl))
		fputs(" <b class=\"fault\">contradicts</b>", out);
	fputs("</td>", out);
	write_evidence(out, verdict, columns);
	if (verdict && columns)
		html(out, "<td class=\"n\">%.0f of %.0f</td>",
		    json_number_value(json_object_get(verdict, "exhausted")),
		    json_number_value(json_object_get(verdict, "explorations")));
	else if (columns)
		fputs("<td></td>", out);
	html(out, "<td>%s</td></tr>\n", report_text(facts, "progress"));
}

/* The checkers of the first entry that has any: they are the same for all. NULL: there is none. */
static const json_t *checkers_of(const struct report *report)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		const json_t *list = json_object_get(report->machines[m].verify, "implementations");
		const json_t *checkers = json_object_get(json_array_get(list, 0), "checkers");

		if (checkers)
			return checkers;
	}
	return NULL;
}

static void write_heading(FILE *out, const struct report *report, const json_t *checkers)
{
	const json_t *checker;
	size_t i;

	html(out, "<table class=\"sortable\" data-name=\"%sclasses\"><thead><tr>",
	    report->family->prefix);
	if (report->nr_machines > 1)
		fputs("<th data-key=\"machine\">machine</th>", out);
	fputs("<th data-key=\"impl\">implementation</th><th data-key=\"declared\">declared</th>"
	      "<th data-key=\"found\">found</th>",
	    out);
	json_array_foreach (checkers, i, checker)
		html(out, "<th class=\"n\" data-key=\"%s\">%s, %s</th>",
		    report_text(checker, "checker"), report_text(checker, "checker"),
		    report_text(checker, "unit"));
	if (checkers)
		fputs("<th class=\"n\" data-key=\"exhausted\">explorations exhausted</th>", out);
	fputs("<th data-key=\"progress\">progress</th></tr></thead><tbody>\n", out);
}

static bool was_caught(const json_t *control)
{
	const json_t *checker;
	size_t i;

	json_array_foreach (json_object_get(control, "checkers"), i, checker) {
		if (json_object_get(checker, "caught_after_seconds"))
			return true;
	}
	return false;
}

/* A checker counts for as much as it catches. */
static void write_controls(FILE *out, const struct report_machine *machine)
{
	const json_t *controls = json_object_get(machine->verify, "controls");
	const json_t *control;
	size_t caught = 0, i;

	if (!json_array_size(controls))
		return;
	json_array_foreach (controls, i, control)
		caught += was_caught(control);
	html(out,
	    "<p data-m=\"%u\">What that is worth: the same checkers caught <b>%zu of %zu</b> "
	    "designs "
	    "that were broken on purpose.",
	    machine->id, caught, json_array_size(controls));
	if (caught < json_array_size(controls))
		fputs(" Escaped:", out);
	json_array_foreach (controls, i, control) {
		if (!was_caught(control))
			html(out, " <code>%s</code>", report_text(control, "name"));
	}
	fputs("</p>\n", out);
}

static void write_missing(FILE *out, const struct report_machine *machine)
{
	if (machine->verify)
		return;
	html(out,
	    "<p data-m=\"%u\">These classes are what the designs declare: %s has no "
	    "verify.json. <code>ownbench verify ",
	    machine->id, machine->dir);
	part_family_option(out, machine);
	html(out,
	    "--json &gt;%s/verify.json</code> finds out which class each is in, in a "
	    "minute.</p>\n",
	    machine->dir);
}

static bool was_run(const struct report_machine *machine, const char *impl)
{
	for (size_t i = 0; i < machine->sweep.nr_points; i++) {
		if (!strcmp(machine->sweep.points[i].impl, impl))
			return true;
	}
	return false;
}

void part_meanings(FILE *out, const struct report *report)
{
	for (const struct report_meaning *m = report->family->meanings; m->class; m++) {
		fputs("<dt>", out);
		part_badge(out, "class", m->class);
		html(out, "</dt><dd>%s</dd>\n", m->text);
	}
}

void part_classes(FILE *out, const struct report *report)
{
	const json_t *checkers = checkers_of(report);

	for (size_t m = 0; m < report->nr_machines; m++)
		write_missing(out, &report->machines[m]);
	fputs("<div class=\"scroll\">", out);
	write_heading(out, report, checkers);
	for (size_t m = 0; m < report->nr_machines; m++) {
		for (size_t i = 1; i < report->nr_impls; i++) {
			if (was_run(&report->machines[m], report->impls[i]))
				write_row(out, report, &report->machines[m], report->impls[i],
				    json_array_size(checkers));
		}
	}
	fputs("</tbody></table></div>\n", out);
	for (size_t m = 0; m < report->nr_machines; m++)
		write_controls(out, &report->machines[m]);
}
