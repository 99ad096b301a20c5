/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/show/regret.h"
#include "harness/show/report_document.h"
#include "harness/show/show.h"
#include "harness/show/text.h"

/* Escapes everything that Markdown could read as markup, HTML or the end of a table cell. */
static void write_text(FILE *out, const char *text)
{
	char *printable = text_printable(text, true);

	for (const char *c = printable; *c; c++) {
		if (strchr("\\`*_{}[]<>#|!~&", *c))
			fputc('\\', out);
		fputc(*c, out);
	}
	free(printable);
}

/* Writes Markdown in which each '%' is replaced by the next argument, escaped. */
static void write_markup(FILE *out, const char *markup, ...)
{
	va_list texts;

	va_start(texts, markup);
	for (; *markup; markup++) {
		if (*markup == '%')
			write_text(out, va_arg(texts, const char *));
		else
			fputc(*markup, out);
	}
	va_end(texts);
}

/* -- the answer -- */

/* Writes a result in the form "39.4 M pairs/s, 12.3× mutex_count (11.9 to 12.8×), 0.47× of the
 * ceiling". */
static void write_result_in_words(FILE *out, const json_t *point, const json_t *result)
{
	const json_t *ratio = json_object_get(result, "to_baseline");
	const char *to_ceiling = measure_text(json_object_get(result, "to_ceiling"));

	write_markup(
	    out, "% %", measure_text(json_object_get(result, "value")), member_text(point, "unit"));
	if (*measure_text(ratio))
		write_markup(out, ", % %", measure_text(ratio), member_text(point, "baseline"));
	if (*measure_interval(ratio))
		write_markup(out, " (%)", measure_interval(ratio));
	if (*to_ceiling)
		write_markup(out, ", % of the ceiling", to_ceiling);
}

/* Writes the fastest design: of the family's best class, which is passed as `class`, or of any
 * ranked class if `class` is NULL. */
static void write_fastest(FILE *out, const json_t *sweep, const char *class)
{
	const json_t *point = headline_point(sweep);
	const json_t *fastest = point_fastest(point, class ? "best_class" : "any_class");
	const char *design = member_text(fastest, "implementation");
	const json_t *result = point_result(point, design);
	const char *words = member_text(json_object_get(sweep, "headline"), "words");

	if (!result) {
		fprintf(out, "- No %s%sdesign passed its checks.\n", class ? class : "",
		    class ? " " : "");
		return;
	}
	fprintf(
	    out, "- Fastest %s%s", class ? class : "design", class ? " design" : " of any class");
	write_markup(out, ": **%** (%), ", design, member_text(result, "class"));
	write_result_in_words(out, point, result);
	if (!json_is_true(json_object_get(fastest, "precise")))
		fputs("; the requested precision was not reached", out);
	if (json_is_false(json_object_get(fastest, "told_apart")))
		write_markup(
		    out, "; not significantly faster than %", member_text(fastest, "second"));
	write_markup(out, *words ? ". %\n" : ".\n", words);
}

static void write_claims(FILE *out, const json_t *claims)
{
	const json_t *claim;
	size_t i;

	if (!json_array_size(claims))
		return;
	fputs("| claim | | verdict | result |\n|---|---|---|---|\n", out);
	json_array_foreach (claims, i, claim) {
		const char *verdict = member_text(claim, "verdict");
		const char *boundary = member_text(claim, "boundary");

		write_markup(out, "| % | % | %", member_text(claim, "id"),
		    member_text(claim, "claim"), *verdict ? verdict : "not run");
		if (*boundary)
			write_markup(out, ": %", boundary);
		write_markup(out, " | % |\n", member_text(claim, "figure"));
	}
	fputc('\n', out);
}

static void write_warnings(FILE *out, const json_t *warnings)
{
	const json_t *warning;
	size_t i;

	json_array_foreach (warnings, i, warning)
		write_markup(out, "- Warning: %.\n", member_text(warning, "what"));
}

/* -- the tables -- */

static void write_columns(FILE *out, const json_t *family, const json_t *point)
{
	const json_t *columns = json_object_get(family, "columns"), *column;
	size_t i, nr = 0;

	write_markup(out,
	    "| implementation | class | % | 95% interval | × % | 95% interval | of ceiling",
	    value_heading(point), "%", member_text(family, "baseline"), "%");
	json_array_foreach (columns, i, column) {
		if (!point_has_metric(point, member_text(column, "key")))
			continue;
		write_markup(out, " | %", member_text(column, "heading"));
		nr++;
	}
	fputs(" | not ranked |\n|---|---|--:|---|--:|---|--:|", out);
	while (nr--)
		fputs("--:|", out);
	fputs("---|\n", out);
}

static void write_result(FILE *out, const json_t *family, const json_t *point, const json_t *result)
{
	const json_t *columns = json_object_get(family, "columns"), *column;
	const json_t *value = json_object_get(result, "value");
	const json_t *ratio = json_object_get(result, "to_baseline");
	size_t i;

	write_markup(
	    out, "| % | %", member_text(result, "implementation"), member_text(result, "class"));
	fputs(class_is_declared(result) ? " (declared)" : "", out);
	write_markup(out, " | % | % | % | % | %", measure_text(value), measure_interval(value),
	    measure_text(ratio), measure_interval(ratio),
	    measure_text(json_object_get(result, "to_ceiling")));
	json_array_foreach (columns, i, column) {
		const char *key = member_text(column, "key");

		if (point_has_metric(point, key))
			write_markup(out, " | %", result_metric(result, key));
	}
	if (result_failed(result))
		write_markup(out, " | failed: % |\n", result_reason(result));
	else
		write_markup(out, " | % |\n", member_text(result, "why_unranked"));
}

static void write_point(FILE *out, const json_t *family, const json_t *point)
{
	const json_t *results = json_object_get(point, "results"), *result;
	const char *conditions = member_text(point, "conditions");
	size_t i;

	write_markup(out, "### %: %", member_text(point, "workload"), member_text(point, "place"));
	write_markup(out, *conditions ? ", %\n\n" : "\n\n", conditions);
	write_columns(out, family, point);
	json_array_foreach (results, i, result)
		write_result(out, family, point, result);
	fputc('\n', out);
}

/* -- regrets -- */

static void write_regrets(FILE *out, const json_t *sweep)
{
	const json_t *designs = regret_designs(sweep), *design;
	size_t i;

	if (!designs)
		return;
	write_markup(out, "### %\n\n", regret_title(sweep).s);
	for (size_t c = 0; c < REGRET_COLUMNS; c++)
		write_markup(out, "| % ", regret_columns[c].heading);
	fputs("|\n", out);
	for (size_t c = 0; c < REGRET_COLUMNS; c++)
		fputs(regret_columns[c].align == ALIGN_RIGHT ? "|--:" : "|---", out);
	fputs("|\n", out);
	json_array_foreach (designs, i, design) {
		const struct regret_row row = regret_row(sweep, design);

		for (size_t c = 0; c < REGRET_COLUMNS; c++)
			write_markup(out, "| % ", row.cells[c].s);
		fputs("|\n", out);
	}
	fputc('\n', out);
}

/* -- storms: one workload on the group topologies of several machines -- */

static void write_storm_row(FILE *out, const json_t *sweep, const json_t *storm, const char *design)
{
	const json_t *id;
	size_t i;

	write_markup(out, "| %", design);
	json_array_foreach (json_object_get(storm, "points"), i, id) {
		const json_t *point = document_point(sweep, json_string_value(id));
		const json_t *result = point_result(point, design);

		write_markup(out, " | %",
		    result_failed(result) ? "failed"
					  : measure_text(json_object_get(result, "value")));
	}
	fputs(" |\n", out);
}

static void write_storm(FILE *out, const json_t *sweep, const json_t *storm)
{
	const json_t *ids = json_object_get(storm, "points"), *id, *result;
	const json_t *first = document_point(sweep, json_string_value(json_array_get(ids, 0)));
	size_t i;

	write_markup(out, "### % on the groups of ", member_text(first, "workload"));
	fprintf(out, "%zu real machines: ", json_array_size(ids));
	write_markup(out, "%, %\n\n| implementation", member_text(first, "quantity"),
	    member_text(first, "conditions"));
	json_array_foreach (ids, i, id)
		write_markup(out, " | %",
		    member_text(document_point(sweep, json_string_value(id)), "topology"));
	fputs(" |\n|---|", out);
	for (i = 0; i < json_array_size(ids); i++)
		fputs("--:|", out);
	fputc('\n', out);
	json_array_foreach (json_object_get(first, "results"), i, result)
		write_storm_row(out, sweep, storm, member_text(result, "implementation"));
	fputc('\n', out);
}

/* -- the whole document -- */

static void write_sweep(FILE *out, const json_t *report, const json_t *sweep)
{
	const json_t *family = document_family(report, sweep);
	const json_t *machine = document_machine(report, sweep);
	const json_t *point, *storm;
	size_t i;

	write_markup(out, "## Measured on %\n\n", member_text(machine, "name"));
	write_fastest(out, sweep, right_class(family));
	if (strcmp(member_text(family, "ranked_class"), right_class(family)) != 0)
		write_fastest(out, sweep, NULL);
	fprintf(out, "- Classes are as %s.\n",
	    json_is_object(json_object_get(sweep, "verify")) ? "found by `ownbench verify`"
							     : "declared (no verify.json)");
	write_warnings(out, json_object_get(sweep, "warnings"));
	write_warnings(out, json_object_get(machine, "warnings"));
	fputc('\n', out);
	write_claims(out, json_object_get(sweep, "claims"));
	write_regrets(out, sweep);
	json_array_foreach (json_object_get(sweep, "storms"), i, storm)
		write_storm(out, sweep, storm);
	json_array_foreach (json_object_get(sweep, "points"), i, point)
		write_point(out, family, point);
}

static void write_family(FILE *out, const json_t *report, const json_t *family)
{
	const char *title = "# ownbench: %\n\n";
	const json_t *sweep;
	size_t i;

	json_array_foreach (json_object_get(report, "sweeps"), i, sweep) {
		if (document_family(report, sweep) != family)
			continue;
		write_markup(out, title, member_text(family, "question"));
		title = "";
		write_sweep(out, report, sweep);
	}
}

int show_markdown(FILE *out, const json_t *report, struct error *err)
{
	const json_t *made = json_object_get(report, "made"), *family;
	size_t i;

	if (document_check(report, err))
		return -1;
	json_array_foreach (json_object_get(report, "families"), i, family)
		write_family(out, report, family);
	write_markup(out, "Made at % by % (%).\n", member_text(made, "time"),
	    member_text(made, "program"), member_text(made, "commit"));
	return 0;
}
