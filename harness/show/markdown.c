/* SPDX-License-Identifier: MIT */
#include "harness/show/show.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/show/document.h"
#include "harness/show/text.h"

/* Text that stays text: no markup, no HTML, no end of a table's cell. */
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

static void write_cell(FILE *out, const char *text)
{
	fputs(" | ", out);
	write_text(out, text);
}

/* -- the answer -- */

/* "39.4 M pairs/s, 12.3× mutex_count (11.9 to 12.8×), 0.47× of the ceiling" */
static void write_result_in_words(FILE *out, const json_t *point, const json_t *result)
{
	const json_t *ratio = json_object_get(result, "to_baseline");
	const char *to_ceiling = measure_text(json_object_get(result, "to_ceiling"));

	write_text(out, measure_text(json_object_get(result, "value")));
	fputc(' ', out);
	write_text(out, member_text(point, "unit"));
	if (*measure_text(ratio)) {
		fputs(", ", out);
		write_text(out, measure_text(ratio));
		fputc(' ', out);
		write_text(out, member_text(point, "baseline"));
	}
	if (*measure_interval(ratio)) {
		fputs(" (", out);
		write_text(out, measure_interval(ratio));
		fputc(')', out);
	}
	if (*to_ceiling) {
		fputs(", ", out);
		write_text(out, to_ceiling);
		fputs(" of the ceiling", out);
	}
}

/* `class`: the right one, or NULL: any that is ranked. */
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
	fprintf(out, "- Fastest %s%s: **", class ? class : "of any", class ? " design" : " class");
	write_text(out, design);
	fputs("** (", out);
	write_text(out, member_text(result, "class"));
	fputs("), ", out);
	write_result_in_words(out, point, result);
	if (!json_is_true(json_object_get(fastest, "precise")))
		fputs("; the precision asked for was not reached", out);
	if (json_is_false(json_object_get(fastest, "told_apart"))) {
		fputs("; not told apart from ", out);
		write_text(out, member_text(fastest, "second"));
	}
	fputs(*words ? ". " : ".", out);
	write_text(out, words);
	fputc('\n', out);
}

static void write_claims(FILE *out, const json_t *claims)
{
	const json_t *claim;
	size_t i;

	if (!json_array_size(claims))
		return;
	fputs("| claim | | verdict | figure |\n|---|---|---|---|\n", out);
	json_array_foreach (claims, i, claim) {
		const char *verdict = member_text(claim, "verdict");
		const char *boundary = member_text(claim, "boundary");

		fputc('|', out);
		fputc(' ', out);
		write_text(out, member_text(claim, "id"));
		write_cell(out, member_text(claim, "claim"));
		write_cell(out, *verdict ? verdict : "not run");
		if (*boundary) {
			fputs(": ", out);
			write_text(out, boundary);
		}
		write_cell(out, member_text(claim, "figure"));
		fputs(" |\n", out);
	}
	fputc('\n', out);
}

static void write_warnings(FILE *out, const json_t *warnings)
{
	const json_t *warning;
	size_t i;

	json_array_foreach (warnings, i, warning) {
		fputs("- Warning: ", out);
		write_text(out, member_text(warning, "what"));
		fputs(".\n", out);
	}
}

/* -- the tables -- */

static void write_columns(FILE *out, const json_t *family, const json_t *point)
{
	const json_t *columns = json_object_get(family, "columns"), *column;
	const char *unit = member_text(point, "unit");
	size_t i;

	fputs("| implementation | class | ", out);
	write_text(out, *unit ? unit : member_text(point, "quantity"));
	fputs(" | 95% interval | × ", out);
	write_text(out, member_text(family, "baseline"));
	fputs(" | 95% interval | of ceiling", out);
	json_array_foreach (columns, i, column) {
		if (point_has_metric(point, member_text(column, "key")))
			write_cell(out, member_text(column, "heading"));
	}
	fputs(" | not ranked |\n|---|---|--:|---|--:|---|--:|", out);
	json_array_foreach (columns, i, column) {
		if (point_has_metric(point, member_text(column, "key")))
			fputs("--:|", out);
	}
	fputs("---|\n", out);
}

static void write_result(FILE *out, const json_t *family, const json_t *point, const json_t *result)
{
	const json_t *columns = json_object_get(family, "columns"), *column;
	const json_t *value = json_object_get(result, "value");
	const json_t *ratio = json_object_get(result, "to_baseline");
	const bool declared = !strcmp(member_text(result, "class_is"), "declared");
	size_t i;

	fputs("| ", out);
	write_text(out, member_text(result, "implementation"));
	write_cell(out, member_text(result, "class"));
	fputs(declared && strcmp(member_text(result, "class"), "none") != 0 ? " (declared)" : "",
	    out);
	write_cell(out, measure_text(value));
	write_cell(out, measure_interval(value));
	write_cell(out, measure_text(ratio));
	write_cell(out, measure_interval(ratio));
	write_cell(out, measure_text(json_object_get(result, "to_ceiling")));
	json_array_foreach (columns, i, column) {
		const char *key = member_text(column, "key");

		if (point_has_metric(point, key))
			write_cell(out,
			    measure_text(json_object_get(json_object_get(result, "metrics"), key)));
	}
	if (result_failed(result)) {
		fputs(" | failed: ", out);
		write_text(out, result_reason(result));
	} else {
		write_cell(out, member_text(result, "why_unranked"));
	}
	fputs(" |\n", out);
}

static void write_point(FILE *out, const json_t *family, const json_t *point)
{
	const json_t *results = json_object_get(point, "results"), *result;
	const char *conditions = member_text(point, "conditions");
	size_t i;

	fputs("### ", out);
	write_text(out, member_text(point, "workload"));
	fputs(": ", out);
	write_text(out, member_text(point, "place"));
	if (*conditions) {
		fputs(", ", out);
		write_text(out, conditions);
	}
	fputs("\n\n", out);
	write_columns(out, family, point);
	json_array_foreach (results, i, result)
		write_result(out, family, point, result);
	fputc('\n', out);
}

/* -- one workload on the groups of several machines: storms -- */

static void write_storm_row(FILE *out, const json_t *sweep, const json_t *storm, const char *design)
{
	const json_t *id;
	size_t i;

	fputs("| ", out);
	write_text(out, design);
	json_array_foreach (json_object_get(storm, "points"), i, id) {
		const json_t *point = document_point(sweep, json_string_value(id));
		const json_t *result = point_result(point, design);

		write_cell(out, result_failed(result)
				    ? "failed"
				    : measure_text(json_object_get(result, "value")));
	}
	fputs(" |\n", out);
}

static void write_storm(FILE *out, const json_t *sweep, const json_t *storm)
{
	const json_t *ids = json_object_get(storm, "points"), *id, *result;
	const json_t *first = document_point(sweep, json_string_value(json_array_get(ids, 0)));
	size_t i;

	fputs("### ", out);
	write_text(out, member_text(first, "workload"));
	fprintf(out, " on the groups of %zu real machines: ", json_array_size(ids));
	write_text(out, member_text(first, "quantity"));
	fputs(", ", out);
	write_text(out, member_text(first, "conditions"));
	fputs("\n\n| implementation", out);
	json_array_foreach (ids, i, id)
		write_cell(
		    out, member_text(document_point(sweep, json_string_value(id)), "topology"));
	fputs(" |\n|---|", out);
	for (i = 0; i < json_array_size(ids); i++)
		fputs("--:|", out);
	fputc('\n', out);
	json_array_foreach (json_object_get(first, "results"), i, result)
		write_storm_row(out, sweep, storm, member_text(result, "implementation"));
	fputc('\n', out);
}

/* -- all of it -- */

static void write_sweep(FILE *out, const json_t *report, const json_t *sweep)
{
	const json_t *family = document_family(report, sweep);
	const json_t *machine = document_machine(report, sweep);
	const json_t *points = json_object_get(sweep, "points"), *point, *storm;
	size_t i;

	fputs("## Measured on ", out);
	write_text(out, member_text(machine, "name"));
	fputs("\n\n", out);
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
	json_array_foreach (json_object_get(sweep, "storms"), i, storm)
		write_storm(out, sweep, storm);
	json_array_foreach (points, i, point)
		write_point(out, family, point);
}

static void write_family(FILE *out, const json_t *report, const json_t *family)
{
	const json_t *sweeps = json_object_get(report, "sweeps"), *sweep;
	bool titled = false;
	size_t i;

	json_array_foreach (sweeps, i, sweep) {
		if (document_family(report, sweep) != family)
			continue;
		if (!titled) {
			fputs("# ownbench: ", out);
			write_text(out, member_text(family, "question"));
			fputs("\n\n", out);
		}
		titled = true;
		write_sweep(out, report, sweep);
	}
}

int show_markdown(FILE *out, const json_t *report, struct error *err)
{
	const json_t *families = json_object_get(report, "families"), *family;
	const json_t *made = json_object_get(report, "made");
	size_t i;

	if (document_check(report, err))
		return -1;
	json_array_foreach (families, i, family)
		write_family(out, report, family);
	fputs("Made at ", out);
	write_text(out, member_text(made, "time"));
	fputs(" by ", out);
	write_text(out, member_text(made, "program"));
	fputs(" (", out);
	write_text(out, member_text(made, "commit"));
	fputs(").\n", out);
	return 0;
}
