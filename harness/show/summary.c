/* SPDX-License-Identifier: MIT */
#include "harness/show/show.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/show/regret.h"
#include "harness/show/report_document.h"
#include "harness/show/sections.h"
#include "harness/show/text_table.h"

struct summary {
	const json_t *report;
	const struct terminal *terminal;
	json_t *sections;
};

/* Text to append to a heading: ", MACHINE" if the document covers several machines, otherwise
 * "". */
struct suffix {
	char s[128];
};

static struct suffix machine_suffix(const struct summary *summary, const json_t *sweep)
{
	const char *name = member_text(document_machine(summary->report, sweep), "name");
	struct suffix suffix = {""};

	if (document_is_of_several(summary->report))
		snprintf(suffix.s, sizeof(suffix.s), ", %s", name);
	return suffix;
}

/* -- the fastest designs -- */

static bool is_at(const json_t *point, const json_t *other)
{
	static const char *const keys[] = {"threads", "devices", "groups", "path", "parameters"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const json_t *a = json_object_get(point, keys[i]);
		const json_t *b = json_object_get(other, keys[i]);

		if (a && b && !json_equal(a, b))
			return false;
	}
	return true;
}

/* Returns the workload's point with the same size and path as the headline's point, or its first
 * point if it has no such point. */
static const json_t *point_of_workload(const json_t *sweep, const char *workload)
{
	const json_t *points = json_object_get(sweep, "points"), *point, *first = NULL;
	const json_t *headline = headline_point(sweep);
	size_t i;

	if (!strcmp(member_text(headline, "workload"), workload))
		return headline;
	json_array_foreach (points, i, point) {
		if (strcmp(member_text(point, "workload"), workload) != 0)
			continue;
		if (is_at(point, headline))
			return point;
		first = first ? first : point;
	}
	return first;
}

/* Adds a cell such as "3 of 5 points": at how many of the workload's points the design is the
 * fastest. */
static void add_fastest_at(
    struct text_table *table, const json_t *sweep, const char *workload, const char *design)
{
	const json_t *points = json_object_get(sweep, "points"), *point;
	unsigned int nr = 0, fastest = 0;
	char text[64];
	size_t i;

	json_array_foreach (points, i, point) {
		if (strcmp(member_text(point, "workload"), workload) != 0)
			continue;
		nr++;
		fastest += !strcmp(
		    member_text(point_fastest(point, "best_class"), "implementation"), design);
	}
	snprintf(text, sizeof(text), "%u of %u point%s", fastest, nr, nr == 1 ? "" : "s");
	text_table_cell(table, text);
}

static void add_workload(struct text_table *table, const json_t *sweep, const char *workload)
{
	const json_t *point = point_of_workload(sweep, workload);
	const json_t *fastest = point_fastest(point, "best_class");
	const char *design = member_text(fastest, "implementation");
	const json_t *result = point_result(point, design);
	const json_t *ratio = json_object_get(result, "to_baseline");
	const bool precise = json_is_true(json_object_get(fastest, "precise"));
	const bool apart = json_is_true(json_object_get(fastest, "told_apart"));
	char text[128];

	text_table_row(table, STYLE_PLAIN);
	text_table_cell(table, workload);
	text_table_cell(table, result ? design : "none passed");
	if (!result)
		return;
	text_table_cell(table, measure_text(ratio));
	snprintf(text, sizeof(text), "%s%s", measure_interval(ratio), precise ? "" : " ~");
	text_table_cell(table, text);
	snprintf(text, sizeof(text), "%s %s", measure_text(json_object_get(result, "value")),
	    member_text(point, "unit"));
	text_table_cell(table, text);
	add_fastest_at(table, sweep, workload, design);
	text_table_cell(table, apart ? "" : member_text(fastest, "second"));
	text_table_cell(table, member_text(point, "place"));
}

/* Adds each line of a text to the last section. strtok() modifies the text. */
static void add_lines(struct summary *summary, char *text)
{
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		sections_line(summary->sections, "%s", line);
}

static bool is_first_of_workload(const json_t *points, size_t at)
{
	const char *workload = member_text(json_array_get(points, at), "workload");

	for (size_t i = 0; i < at; i++) {
		if (!strcmp(member_text(json_array_get(points, i), "workload"), workload))
			return false;
	}
	return true;
}

/* Returns a table without colours, because the sections escape control characters when they print
 * lines. */
static struct text_table *create_table(const struct summary *summary)
{
	const struct terminal plain = {.columns = summary->terminal->columns, .utf8 = true};

	return text_table_create(&plain);
}

/* Adds the table to the last section, and frees it. */
static void add_table(struct summary *summary, struct text_table *table)
{
	json_t *left_out = json_object();
	char *text;
	size_t size;
	FILE *out = text_stream(&text, &size);

	text_table_print(table, out, left_out);
	fclose(out);
	add_lines(summary, text);
	free(text);
	json_decref(left_out);
	text_table_free(table);
}

static void add_fastest(struct summary *summary, const json_t *sweep)
{
	const json_t *family = document_family(summary->report, sweep);
	const json_t *points = json_object_get(sweep, "points"), *point;
	struct text_table *table = create_table(summary);
	size_t i;

	sections_add(summary->sections, SECTION_PLAIN,
	    "%s%s: the fastest %s design, and its ratio to %s", member_text(family, "name"),
	    machine_suffix(summary, sweep).s, right_class(family), member_text(family, "baseline"));
	text_table_column(table, "workload", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "fastest", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "ratio", ALIGN_RIGHT, COLUMN_STAYS);
	text_table_column(table, "95% interval", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "value", ALIGN_RIGHT, 2);
	text_table_column(table, "fastest at", ALIGN_LEFT, 3);
	text_table_column(table, "tied with", ALIGN_LEFT, 1);
	text_table_column(table, "measured with", ALIGN_LEFT, 4);
	json_array_foreach (points, i, point) {
		if (is_first_of_workload(points, i))
			add_workload(table, sweep, member_text(point, "workload"));
	}
	add_table(summary, table);
}

/* Adds the design with the smallest worst regret, if any design has a regret at all points. */
static void add_regret(struct text_table *table, const json_t *sweep)
{
	static const enum regret_cells shown[] = {
	    REGRET_DESIGN, REGRET_WORST, REGRET_INTERVAL, REGRET_MEAN, REGRET_PLACE};
	const json_t *best = json_array_get(regret_designs(sweep), 0);
	const struct regret_row row = regret_row(sweep, best);

	if (!json_is_integer(json_object_get(best, "rank")))
		return;
	text_table_row(table, STYLE_PLAIN);
	text_table_cell(table, member_text(sweep, "family"));
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		text_table_cell(table, row.cells[shown[i]].s);
}

static void add_regrets(struct summary *summary)
{
	struct text_table *table = create_table(summary);
	const json_t *sweep;
	size_t i;

	sections_add(summary->sections, SECTION_PLAIN,
	    "Designs with the least regret: how many times faster the best correct design is, at "
	    "worst and on average");
	text_table_column(table, "family", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "design", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "worst", ALIGN_RIGHT, COLUMN_STAYS);
	text_table_column(table, "95% interval", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "mean", ALIGN_RIGHT, COLUMN_STAYS);
	text_table_column(table, "worst at", ALIGN_LEFT, 1);
	json_array_foreach (json_object_get(summary->report, "sweeps"), i, sweep)
		add_regret(table, sweep);
	add_table(summary, table);
	sections_drop_empty(summary->sections);
}

/* -- contradictions and failures -- */

static void add_contradictions(struct summary *summary, const json_t *sweep)
{
	const json_t *verdicts =
	    json_object_get(json_object_get(sweep, "verify"), "implementations");
	const json_t *verdict;
	size_t i;

	json_array_foreach (verdicts, i, verdict) {
		if (json_is_true(json_object_get(verdict, "contradiction")))
			sections_line(summary->sections, "  %s is %s, but declares %s%s",
			    member_text(verdict, "name"), member_text(verdict, "found"),
			    member_text(verdict, "declared"), machine_suffix(summary, sweep).s);
	}
}

/* Returns the number of verified designs in all sweeps. Sets *some_unverified if a sweep has no
 * verify.json. */
static size_t count_verified(const json_t *report, bool *some_unverified)
{
	const json_t *sweep;
	size_t i, nr = 0;

	*some_unverified = false;
	json_array_foreach (json_object_get(report, "sweeps"), i, sweep) {
		const json_t *verify = json_object_get(sweep, "verify");

		nr += json_array_size(json_object_get(verify, "implementations"));
		*some_unverified |= !json_is_object(verify);
	}
	return nr;
}

static void add_classes(struct summary *summary)
{
	const json_t *sweep;
	bool some_unverified;
	const size_t nr = count_verified(summary->report, &some_unverified);
	size_t i;

	if (!nr) {
		sections_add(summary->sections, SECTION_PLAIN,
		    "Classes are only declared: no design was verified.");
		return;
	}
	sections_add(summary->sections, SECTION_PLAIN,
	    "Designs whose class differs from the declared one, of %zu verified%s", nr,
	    some_unverified ? "; others are not verified" : "");
	json_array_foreach (json_object_get(summary->report, "sweeps"), i, sweep)
		add_contradictions(summary, sweep);
	if (sections_is_empty(summary->sections))
		sections_line(summary->sections, "  none: each has its declared class");
}

/* Adds a design's first failure in a sweep, and the number of points at which it failed. */
static void add_failures_of(
    struct summary *summary, const json_t *sweep, const char *implementation)
{
	const json_t *points = json_object_get(sweep, "points"), *point;
	const json_t *first = NULL, *result;
	size_t i, nr = 0;

	json_array_foreach (points, i, point) {
		result = point_result(point, implementation);
		if (!result_failed(result))
			continue;
		first = first ? first : result;
		nr++;
	}
	if (nr)
		sections_line(summary->sections, "  %s, at %zu of %zu points: %s", implementation,
		    nr, json_array_size(points), result_reason(first));
}

static void add_failures(struct summary *summary)
{
	const json_t *sweep, *design;
	size_t s, d;

	sections_add(summary->sections, SECTION_DETAIL,
	    "Designs that failed their checks and are not ranked");
	json_array_foreach (json_object_get(summary->report, "sweeps"), s, sweep) {
		const json_t *family = document_family(summary->report, sweep);
		const json_t *designs = json_object_get(family, "implementations");

		json_array_foreach (designs, d, design)
			add_failures_of(summary, sweep, member_text(design, "name"));
	}
	sections_drop_empty(summary->sections);
}

/* -- claims -- */

static const char *const verdicts[][2] = {{"confirmed", "confirmed"}, {"refuted", "refuted"},
    {"boundary", "true up to a boundary"}, {"undecided", "undecided"}, {"", "not run"}};

static void add_verdict(
    struct summary *summary, const json_t *claims, const char *verdict, const char *words)
{
	const json_t *claim;
	char *ids;
	size_t size, i, nr = 0;
	FILE *out = text_stream(&ids, &size);

	json_array_foreach (claims, i, claim) {
		const char *has = member_text(claim, "verdict");

		if (strcmp(strcmp(has, "not run") ? has : "", verdict) != 0)
			continue;
		fprintf(out, " %s", member_text(claim, "id"));
		nr++;
	}
	fclose(out);
	if (nr)
		sections_line(summary->sections, "  %2zu %-21s %s", nr, words, ids);
	free(ids);
}

static void add_claims(struct summary *summary, const json_t *sweep)
{
	const json_t *claims = json_object_get(sweep, "claims");

	if (!json_array_size(claims))
		return;
	sections_add(summary->sections, SECTION_PLAIN, "Claims of the debate%s",
	    machine_suffix(summary, sweep).s);
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
		add_verdict(summary, claims, verdicts[i][0], verdicts[i][1]);
}

/* -- machines and precision -- */

static void add_sweep_warnings(struct summary *summary, const json_t *machine)
{
	const json_t *sweep;
	size_t s, i;

	json_array_foreach (json_object_get(summary->report, "sweeps"), s, sweep) {
		const json_t *warnings = json_object_get(sweep, "warnings"), *warning;

		if (document_machine(summary->report, sweep) != machine)
			continue;
		json_array_foreach (warnings, i, warning)
			sections_line(summary->sections, "  %s: %s", member_text(sweep, "family"),
			    member_text(warning, "what"));
	}
}

static void add_machine(struct summary *summary, const json_t *machine)
{
	const json_t *warnings = json_object_get(machine, "warnings"), *warning;
	size_t i;

	sections_add(summary->sections, SECTION_DETAIL,
	    "Conditions that disturb results on this machine: %s", member_text(machine, "name"));
	json_array_foreach (warnings, i, warning)
		sections_line(summary->sections, "  %s", member_text(warning, "what"));
	add_sweep_warnings(summary, machine);
	if (sections_is_empty(summary->sections))
		sections_line(summary->sections, "  none known");
}

static void add_precision(struct summary *summary, const json_t *sweep)
{
	const json_t *precision = json_object_get(sweep, "precision");
	const double goal = json_number_value(json_object_get(precision, "goal"));
	const json_t *within_10 = json_object_get(precision, "reached_10_percent");
	const char *limit = member_text(precision, "limited_by");
	char ten[64] = "";

	if (!json_is_number(json_object_get(precision, "goal")))
		return;
	if (json_is_integer(within_10))
		snprintf(ten, sizeof(ten), ", %" JSON_INTEGER_FORMAT " within 10%%",
		    json_integer_value(within_10));
	sections_line(summary->sections,
	    "  %s%s: %" JSON_INTEGER_FORMAT " of %" JSON_INTEGER_FORMAT " within %.3g%%%s%s%s",
	    member_text(sweep, "family"), machine_suffix(summary, sweep).s,
	    json_integer_value(json_object_get(precision, "reached")),
	    json_integer_value(json_object_get(precision, "runs")), 100 * goal, ten,
	    *limit ? "; limited by " : "", limit);
}

static void add_precisions(struct summary *summary)
{
	const json_t *sweep;
	size_t i;

	sections_add(summary->sections, SECTION_PLAIN,
	    "Ratios with the requested precision (~ marks one without)");
	json_array_foreach (json_object_get(summary->report, "sweeps"), i, sweep)
		add_precision(summary, sweep);
	sections_drop_empty(summary->sections);
}

int show_summary(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err)
{
	struct summary summary = {.report = report, .terminal = terminal};
	const json_t *sweep;
	const json_t *machines = json_object_get(report, "machines"), *machine;
	size_t i;

	if (document_check(report, err))
		return -1;
	summary.sections = json_array();
	json_array_foreach (json_object_get(report, "sweeps"), i, sweep)
		add_fastest(&summary, sweep);
	add_regrets(&summary);
	add_classes(&summary);
	add_failures(&summary);
	json_array_foreach (json_object_get(report, "sweeps"), i, sweep)
		add_claims(&summary, sweep);
	json_array_foreach (machines, i, machine)
		add_machine(&summary, machine);
	add_precisions(&summary);
	sections_print(summary.sections, SUMMARY_LINES_MAX, terminal, out);
	json_decref(summary.sections);
	return 0;
}
