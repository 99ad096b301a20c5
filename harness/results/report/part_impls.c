/* SPDX-License-Identifier: MIT */
/* An article for each implementation: what it is, what it costs, how it did, its source. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"
#include "harness/results/report/html.h"
#include "harness/results/report/part.h"

static double number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

/* Every size that the family's designs have: "group_state_bytes" is of a group. */
static void write_memory(FILE *out, const json_t *facts)
{
	static const char ending[] = "_state_bytes";
	const char *key, *before = "<dt>memory</dt><dd>";
	const json_t *value;

	json_object_foreach ((json_t *)facts, key, value) {
		const char *end = strstr(key, ending);
		struct text of;

		if (!end || end[sizeof(ending) - 1])
			continue;
		snprintf(of.s, sizeof(of.s), "%.*s", (int)(end - key), key);
		fputs(before, out);
		html(out, "%.0f bytes a %s", json_number_value(value), of.s);
		before = ", ";
	}
	if (*before == ',')
		fputs("</dd>\n", out);
}

static void write_facts(FILE *out, const struct report *report, const char *impl)
{
	const json_t *facts = report_facts(report, impl);
	const char *file = report_text(facts, "file");

	if (!facts) {
		fputs("<p>This build of ownbench has no such implementation: what it is made of is "
		      "not "
		      "known here.</p>\n",
		    out);
		return;
	}
	html(out, "<p>%s</p>\n<dl class=\"facts\">", report_text(facts, "summary"));
	html(out, "<dt>from</dt><dd>%s</dd>\n", report_text(facts, "source"));
	html(out, "<dt>progress</dt><dd>%s</dd>\n", report_text(facts, "progress"));
	write_memory(out, facts);
	if (report->source_url)
		html(out, "<dt>source</dt><dd><a href=\"%s%s\">%s</a></dd>\n", report->source_url,
		    file, file);
	else
		html(out, "<dt>source</dt><dd><code>%s</code></dd>\n", file);
	fputs("</dl>\n", out);
}

/* The file itself, where it can be read: the page is whole without the tree. */
static void write_source(FILE *out, const struct report *report, const char *impl)
{
	const char *file = report_text(report_facts(report, impl), "file");
	struct error ignored;
	char path[PATH_MAX];
	size_t size;
	char *text;

	if (!*file)
		return;
	snprintf(path, sizeof(path), "%s/%s", report->data, file);
	text = file_read_whole(path, &size, &ignored);
	if (!text)
		return;
	html(out,
	    "<details class=\"source\"><summary>%s</summary><pre "
	    "tabindex=\"0\">%s</pre></details>\n",
	    file, text);
	free(text);
}

static void write_class(
    FILE *out, const struct report *report, const struct report_machine *machine, const char *impl)
{
	part_badge(out, "class", report_class(report, machine, impl));
	fputs(report_verdict(machine, impl) ? " as found" : " as declared", out);
}

/* What the checkers found against a stronger class, each with its words. */
static void write_faults(
    FILE *out, const struct report *report, const struct report_machine *machine, const char *impl)
{
	const json_t *checkers = json_object_get(report_verdict(machine, impl), "checkers");
	const json_t *checker;
	size_t i;

	json_array_foreach (checkers, i, checker) {
		const char *fault = report_text(checker, "fault");

		if (!*fault)
			continue;
		html(out, "<p class=\"evidence\" data-m=\"%u\">Not better than %s: ", machine->id,
		    report_text(checker, "class"));
		html(out, "<b>%s</b>", report_text(checker, "checker"));
		if (report->nr_machines > 1)
			html(out, " on machine %u", machine->id);
		html(out, " found, after %s, <q>%s</q></p>\n",
		    number_time(1e9 * number(checker, "caught_after_seconds")).s, fault);
	}
}

/* "refused_probe" as a reader has it. */
static void write_words(FILE *out, const char *key)
{
	char *words = strdup(key);

	if (!words)
		abort();
	for (char *c = words; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	html(out, "%s", words);
	free(words);
}

/* What is counted: the names that the first operation has. */
static void write_cost_head(FILE *out, const json_t *columns)
{
	const json_t *count;
	const char *name;

	fputs("<thead><tr><th>of one operation</th>", out);
	/* json_object_foreach() takes no const. */
	json_object_foreach ((json_t *)columns, name, count) {
		fputs("<th class=\"n\">", out);
		write_words(out, name);
		fputs("</th>", out);
	}
	fputs("</tr></thead>\n", out);
}

static void write_cost_row(
    FILE *out, const char *operation, const json_t *columns, const json_t *counts)
{
	const json_t *count;
	const char *name;

	fputs("<tr><th scope=\"row\">", out);
	write_words(out, operation);
	fputs("</th>", out);
	json_object_foreach ((json_t *)columns, name, count) {
		struct text text;

		snprintf(text.s, sizeof(text.s), "%.4g", number(counts, name));
		html(out, "<td class=\"n\">%s</td>", isnan(number(counts, name)) ? "-" : text.s);
	}
	fputs("</tr>\n", out);
}

/* What the sweep measured, for a look at both. */
static void write_cost_measured(FILE *out, const json_t *measured)
{
	const char *name, *before = "Measured in share, a probe and its remove take a thread ";
	const json_t *ns;

	json_object_foreach ((json_t *)measured, name, ns) {
		html(out, "%s%s with ", before, number_time(json_number_value(ns)).s);
		write_words(out, name);
		before = ", ";
	}
	if (json_object_size(measured))
		fputs(".", out);
}

static void write_cost(
    FILE *out, const struct report *report, const struct report_machine *machine, const char *impl)
{
	const json_t *operations = json_object_get(report_cost(machine, impl), "operations");
	const json_t *counts, *columns;
	const char *name;

	if (!json_object_size(operations))
		return;
	columns = json_object_iter_value(json_object_iter((json_t *)operations));
	html(out, "<div data-m=\"%u\"><h4>Cost model", machine->id);
	if (report->nr_machines > 1)
		html(out, ", %s", machine->dir);
	fputs("</h4><p>Counted, not measured. ", out);
	write_cost_measured(out, json_object_get(report_cost(machine, impl), "measured_pair_ns"));
	fputs("</p><div class=\"scroll\"><table class=\"cost\">", out);
	write_cost_head(out, columns);
	fputs("<tbody>", out);
	json_object_foreach ((json_t *)operations, name, counts)
		write_cost_row(out, name, columns, counts);
	fputs("</tbody></table></div></div>\n", out);
}

/* "cycles_per_op" is "cycles". */
static struct text event_name(const char *key)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.*s", (int)(strlen(key) - strlen("_per_op")), key);
	return text;
}

/* Every counter of hardware or kernel events that the point has. */
static void write_events(FILE *out, const struct sweep_point *point)
{
	json_t *first = json_array_get(point->repetitions, 0);
	const char *key;
	json_t *value;

	json_object_foreach (first, key, value) {
		size_t len = strlen(key);

		if (len > 7 && !strcmp(key + len - 7, "_per_op"))
			html(out, "<span class=\"count\"><b>%s</b> %s</span> ",
			    number_plain(sweep_counter(point, key)).s, event_name(key).s);
	}
}

static void write_figures(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct set *set, const struct sweep_point *point)
{
	const struct figures *figures = set_figures(set, point);

	html(out, "<tr data-m=\"%u\" data-workload=\"%s\">", machine->id, point->workload);
	if (report->nr_machines > 1)
		html(out, "<td>%s</td>", machine->name);
	html(out, "<td>%s</td><td class=\"c\">%s</td>", point->workload, set_conditions(set).s);
	if (point->failure) {
		html(out, "<td colspan=\"4\" class=\"failure\">failed: %s</td></tr>\n",
		    point->failure);
		return;
	}
	html(out, "<td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>",
	    set_figure(set, figures->result.value).s, number_ratio(figures->of_baseline.value).s,
	    number_plain(figures->of_ceiling.value).s);
	write_events(out, point);
	fputs("</td></tr>\n", out);
}

static void write_table(FILE *out, const struct report *report, const char *impl)
{
	fputs("<div class=\"scroll\"><table><thead><tr>", out);
	if (report->nr_machines > 1)
		fputs("<th>machine</th>", out);
	html(out,
	    "<th>workload</th><th>conditions</th><th class=\"n\">median</th>"
	    "<th class=\"n\">× %s</th><th class=\"n\">part of ceiling</th>"
	    "<th>events of an operation</th></tr></thead><tbody>\n",
	    report->family->baseline);
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];

		for (size_t i = 0; i < machine->sets.nr; i++) {
			const struct set *set = &machine->sets.list[i];
			const struct sweep_point *point = set_point(set, impl);

			if (point)
				write_figures(out, report, machine, set, point);
		}
	}
	fputs("</tbody></table></div>\n", out);
}

static void write_classes(FILE *out, const struct report *report, const char *impl)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct report_machine *machine = &report->machines[m];

		html(out, "<span data-m=\"%u\">", machine->id);
		write_class(out, report, machine, impl);
		if (report->nr_machines > 1)
			html(out, " on %u", machine->id);
		fputs("</span> ", out);
	}
}

static void write_article(FILE *out, const struct report *report, const char *impl)
{
	html(out, "<article class=\"impl\" data-impl=\"%s\" data-class=\"%s\" id=\"", impl,
	    report_class(report, &report->machines[0], impl));
	part_impl_id(out, report, impl);
	fputs("\"><h3><a class=\"anchor\" href=\"#", out);
	part_impl_id(out, report, impl);
	html(out, "\">%s</a> ", impl);
	write_classes(out, report, impl);
	fputs("</h3>\n", out);
	write_facts(out, report, impl);
	for (size_t m = 0; m < report->nr_machines; m++)
		write_faults(out, report, &report->machines[m], impl);
	for (size_t m = 0; m < report->nr_machines; m++)
		write_cost(out, report, &report->machines[m], impl);
	write_table(out, report, impl);
	write_source(out, report, impl);
	fputs("</article>\n", out);
}

static bool was_run(const struct report *report, const char *impl)
{
	for (size_t m = 0; m < report->nr_machines; m++) {
		for (size_t i = 0; i < report->machines[m].sets.nr; i++) {
			if (set_point(&report->machines[m].sets.list[i], impl))
				return true;
		}
	}
	return false;
}

void part_impls(FILE *out, const struct report *report)
{
	for (size_t f = 0; f < report->nr_families; f++) {
		const struct report *part = &report->families[f];

		if (report->nr_families > 1)
			html(out,
			    "<section class=\"of-family\" data-family=\"%s\" "
			    "id=\"%simplementations\"><h3 class=\"family\">%s</h3>\n",
			    part->family->name,
			    *part->family->prefix ? part->family->prefix : "ownership-",
			    part->family->title);
		for (size_t i = 0; i < part->nr_impls; i++) {
			if (was_run(part, part->impls[i])) /* a sweep may be without the ceiling */
				write_article(out, part, part->impls[i]);
		}
		if (report->nr_families > 1)
			fputs("</section>\n", out);
	}
}
