/* SPDX-License-Identifier: MIT */
#include "harness/show/point_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/show/document.h"
#include "harness/show/text.h"
#include "harness/show/text_table.h"

/* Which columns go first where the terminal is narrow. */
enum { EXPEND_INTERVAL = 1, EXPEND_CEILING, EXPEND_WHY_UNRANKED, EXPEND_METRICS };

static void print_styled(
    const struct tables *tables, FILE *out, const char *style, const char *text)
{
	if (tables->terminal->colour)
		fputs(style, out);
	text_print(out, text, tables->terminal->utf8);
	if (tables->terminal->colour)
		fputs("\033[0m", out);
}

/* -- one point -- */

static void print_title(const struct tables *tables, FILE *out, const struct table_point *at)
{
	const char *conditions = member_text(at->point, "conditions");

	print_styled(tables, out, "\033[1m", member_text(at->point, "workload"));
	fputs(": ", out);
	text_print(out, member_text(at->point, "place"), tables->terminal->utf8);
	if (*conditions) {
		fputs("; ", out);
		text_print(out, conditions, tables->terminal->utf8);
	}
	if (document_is_of_several(tables->report)) {
		fputs("; on ", out);
		text_print(out, member_text(document_machine(tables->report, at->sweep), "name"),
		    tables->terminal->utf8);
	}
	fputc('\n', out);
}

/* Only what neither the name (of the ceiling) nor the mark (of a missed precision) says. */
static const char *why_unranked(const struct table_point *at, const json_t *result)
{
	const bool is_ceiling =
	    !strcmp(member_text(at->point, "ceiling"), member_text(result, "implementation"));

	return is_ceiling || result_is_imprecise(result) ? "" : member_text(result, "why_unranked");
}

/*
 * Whether a table has a family's column: where it says something of the point, but for what tells
 * designs apart nowhere or is in a table of its own (latencies).
 */
static bool has_column(const struct table_point *at, const char *key)
{
	static const char *const left_out[] = {
	    "fairness", "slowest_of_fastest", "bytes_per_group", NULL};
	const size_t length = strlen(key);

	if (length > 3 && !strcmp(key + length - 3, "_ns"))
		return false;
	for (const char *const *name = left_out; *name; name++) {
		if (!strcmp(*name, key))
			return false;
	}
	return point_has_metric(at->point, key);
}

static void add_columns(struct text_table *table, const struct table_point *at)
{
	const json_t *columns = json_object_get(at->family, "columns"), *column;
	size_t i;

	text_table_column(table, "", ALIGN_RIGHT, COLUMN_STAYS);
	text_table_column(table, "design", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, value_heading(at->point), ALIGN_RIGHT, COLUMN_STAYS);
	text_table_column(table, "95% interval", ALIGN_LEFT, EXPEND_INTERVAL);
	if (*member_text(at->point, "baseline")) {
		text_table_column(table, "ratio", ALIGN_RIGHT, COLUMN_STAYS);
		text_table_column(table, "95% interval", ALIGN_LEFT, COLUMN_STAYS);
	}
	text_table_column(table, "ceiling", ALIGN_RIGHT, EXPEND_CEILING);
	text_table_column(table, "class", ALIGN_LEFT, COLUMN_STAYS);
	json_array_foreach (columns, i, column) {
		if (has_column(at, member_text(column, "key")))
			text_table_column(table, member_text(column, "heading"), ALIGN_RIGHT,
			    EXPEND_METRICS + (unsigned int)i);
	}
	text_table_column(table, "not ranked", ALIGN_LEFT, EXPEND_WHY_UNRANKED);
}

/* The rank, behind what marks the row. */
static void add_rank(
    struct tables *tables, struct text_table *table, const json_t *point, const json_t *result)
{
	const json_t *rank = json_object_get(result, "rank");
	const char *mark = result_is_baseline(point, result) ? ">" : "";
	char text[32];

	tables->has_imprecise |= result_is_imprecise(result);
	if (result_is_imprecise(result))
		snprintf(text, sizeof(text), "%s~", mark);
	else if (json_is_integer(rank))
		snprintf(
		    text, sizeof(text), "%s%" JSON_INTEGER_FORMAT, mark, json_integer_value(rank));
	else
		snprintf(text, sizeof(text), "%s-", mark);
	text_table_cell(table, text);
}

static bool is_not_told_apart(const json_t *result)
{
	const char *told = member_text(json_object_get(result, "against_baseline"), "told");

	return !strcmp(told, "unresolved") || !strcmp(told, "too few");
}

static void add_ratio(
    struct tables *tables, struct text_table *table, const json_t *point, const json_t *result)
{
	const json_t *ratio = json_object_get(result, "to_baseline");
	const bool doubtful = !result_is_baseline(point, result) && is_not_told_apart(result);
	char text[128];

	tables->has_baseline = true;
	tables->has_not_told_apart |= doubtful;
	text_table_cell(table, measure_text(ratio));
	snprintf(text, sizeof(text), "%s%s", measure_interval(ratio), doubtful ? " ?" : "");
	text_table_cell(table, text);
}

static void add_class(struct tables *tables, struct text_table *table, const struct table_point *at,
    const json_t *result)
{
	const char *class = member_text(result, "class");
	const json_t *design =
	    document_implementation(at->family, member_text(result, "implementation"));
	char text[128];
	const bool declared = class_is_declared(result);

	tables->has_declared |= declared;
	if (json_is_true(json_object_get(result, "contradicts")))
		snprintf(text, sizeof(text), "%s, not %s", class, member_text(design, "class"));
	else
		snprintf(text, sizeof(text), "%s%s", class, declared ? "*" : "");
	text_table_cell(table, text);
}

static enum text_style style_of(const json_t *point, const json_t *result)
{
	const json_t *rank = json_object_get(result, "rank");

	if (result_is_baseline(point, result))
		return STYLE_BOLD;
	if (json_integer_value(rank) == 1)
		return STYLE_GREEN;
	return json_is_integer(rank) ? STYLE_PLAIN : STYLE_FAINT;
}

static void add_result(struct tables *tables, struct text_table *table,
    const struct table_point *at, const json_t *result)
{
	const json_t *columns = json_object_get(at->family, "columns"), *column;
	const json_t *value = json_object_get(result, "value");
	size_t i;

	text_table_row(table, style_of(at->point, result));
	add_rank(tables, table, at->point, result);
	text_table_cell(table, member_text(result, "implementation"));
	text_table_cell(table, measure_text(value));
	text_table_cell(table, measure_interval(value));
	if (*member_text(at->point, "baseline"))
		add_ratio(tables, table, at->point, result);
	text_table_cell(table, measure_text(json_object_get(result, "to_ceiling")));
	add_class(tables, table, at, result);
	json_array_foreach (columns, i, column) {
		const char *key = member_text(column, "key");

		if (has_column(at, key))
			text_table_cell(table, result_metric(result, key));
	}
	text_table_cell(table, why_unranked(at, result));
}

static void print_rows_left_out(FILE *out, size_t nr, const char *what)
{
	if (nr)
		fprintf(out, "  .. and %zu more %s\n", nr, what);
}

/* Returns the number of rows that were left out. */
static size_t print_results(struct tables *tables, FILE *out, const struct table_point *at)
{
	const json_t *results = json_object_get(at->point, "results"), *result;
	struct text_table *table = text_table_create(tables->terminal);
	size_t i, rows = 0, left_out = 0;

	add_columns(table, at);
	json_array_foreach (results, i, result) {
		if (result_failed(result))
			continue;
		if (rows >= tables->most_rows && !result_is_baseline(at->point, result)) {
			left_out++;
			continue;
		}
		rows++;
		add_result(tables, table, at, result);
	}
	if (rows)
		text_table_print(table, out, tables->columns_left_out);
	text_table_free(table);
	print_rows_left_out(out, left_out, "designs");
	return left_out;
}

static size_t print_failures(const struct tables *tables, FILE *out, const json_t *point)
{
	const json_t *results = json_object_get(point, "results"), *result;
	size_t i, shown = 0, left_out = 0;

	json_array_foreach (results, i, result) {
		if (!result_failed(result))
			continue;
		if (shown >= tables->most_rows) {
			left_out++;
			continue;
		}
		if (!shown++)
			fputs("  failed, and not ranked:\n", out);
		fputs("    ", out);
		text_print(out, member_text(result, "implementation"), tables->terminal->utf8);
		fputs(": ", out);
		text_print(out, result_reason(result), tables->terminal->utf8);
		fputc('\n', out);
	}
	print_rows_left_out(out, left_out, "that failed");
	return left_out;
}

/* -- latencies -- */

/* Of a result's percentiles: those of "latency", by their percents. */
static const struct {
	const char *heading;
	double percent;
} percentiles[] = {{"median", 50}, {"90%", 90}, {"99%", 99}, {"99.9%", 99.9}, {"longest", 100}};
enum { NR_PERCENTILES = sizeof(percentiles) / sizeof(percentiles[0]) };

static const json_t *latency_of(const json_t *result, const char *operation)
{
	return json_object_get(json_object_get(result, "latency"), operation);
}

/* NULL if it was not recorded. */
static const char *percentile_text(const json_t *latency, double percent)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (latency, i, entry) {
		if (json_number_value(json_array_get(entry, 0)) == percent)
			return json_string_value(json_array_get(entry, 2));
	}
	return NULL;
}

static void add_latency(struct text_table *table, const json_t *result, const char *operation)
{
	const json_t *latency = latency_of(result, operation);

	text_table_row(table, STYLE_PLAIN);
	text_table_cell(table, member_text(result, "implementation"));
	for (size_t i = 0; i < NR_PERCENTILES; i++)
		text_table_cell(table, percentile_text(latency, percentiles[i].percent));
}

/* Returns the number of rows that were left out. */
static size_t print_operation(
    struct tables *tables, FILE *out, const json_t *point, const char *operation)
{
	const json_t *results = json_object_get(point, "results"), *result;
	struct text_table *table = text_table_create(tables->terminal);
	char heading[128];
	size_t i, rows = 0, left_out = 0;

	snprintf(heading, sizeof(heading), "time of %s", operation);
	text_table_column(table, heading, ALIGN_LEFT, COLUMN_STAYS);
	for (i = 0; i < NR_PERCENTILES; i++)
		text_table_column(table, percentiles[i].heading, ALIGN_RIGHT, COLUMN_STAYS);
	json_array_foreach (results, i, result) {
		if (!latency_of(result, operation))
			continue;
		if (rows >= tables->most_rows && !result_is_baseline(point, result)) {
			left_out++;
			continue;
		}
		rows++;
		add_latency(table, result, operation);
	}
	if (rows)
		text_table_print(table, out, tables->columns_left_out);
	text_table_free(table);
	print_rows_left_out(out, left_out, "designs");
	return left_out;
}

void point_table_print(struct tables *tables, struct table_point *at)
{
	const json_t *operations = json_object_get(at->family, "operations"), *operation;
	size_t size, i;
	FILE *out;

	free(at->text);
	out = text_stream(&at->text, &size);
	print_title(tables, out, at);
	at->rows_left_out = print_results(tables, out, at);
	at->rows_left_out += print_failures(tables, out, at->point);
	json_array_foreach (operations, i, operation) {
		if (!tables->no_latencies)
			at->rows_left_out +=
			    print_operation(tables, out, at->point, json_string_value(operation));
	}
	fputc('\n', out);
	if (fclose(out))
		abort();
	at->lines = 0;
	for (const char *c = at->text; *c; c++)
		at->lines += *c == '\n';
}
