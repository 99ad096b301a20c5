/* SPDX-License-Identifier: MIT */
#include "harness/show/tables.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/show/document.h"
#include "harness/show/text.h"
#include "harness/show/text_table.h"

/* Rows of a table where not all tables fit, and lines that a terminal needs beside the tables. */
enum { LEAST_ROWS = 3, LINES_BESIDE = 8 };

/* Which columns go first where the terminal is narrow. */
enum { EXPEND_INTERVAL = 1, EXPEND_CEILING, EXPEND_WHY_UNRANKED, EXPEND_METRICS };

struct tables {
	const json_t *report;
	const struct terminal *terminal;
	size_t most_rows; /* of a table; the baseline comes on top */
	bool no_latencies;
	/* What the tables have that is explained below them. */
	bool has_baseline, has_imprecise, has_not_told_apart, has_declared;
	json_t *columns_left_out; /* for want of width: an object, as a set of headings */
};

/* One table: a point of a sweep. */
struct table_point {
	const json_t *sweep, *family, *point;
	char *text;
	size_t lines;
	size_t rows_left_out;
	bool shown;
};

static void print_text(const struct tables *tables, FILE *out, const char *text)
{
	char *printable = text_printable(text, tables->terminal->utf8);

	fputs(printable, out);
	free(printable);
}

static void print_styled(
    const struct tables *tables, FILE *out, const char *style, const char *text)
{
	if (tables->terminal->colour)
		fputs(style, out);
	print_text(tables, out, text);
	if (tables->terminal->colour)
		fputs("\033[0m", out);
}

/* -- one point -- */

static void print_title(const struct tables *tables, FILE *out, const struct table_point *at)
{
	const char *conditions = document_text(at->point, "conditions");

	print_styled(tables, out, "\033[1m", document_text(at->point, "workload"));
	fputs(": ", out);
	print_text(tables, out, document_text(at->point, "place"));
	if (*conditions) {
		fputs("; ", out);
		print_text(tables, out, conditions);
	}
	if (document_is_of_several(tables->report)) {
		fputs("; on ", out);
		print_text(tables, out,
		    document_text(document_machine(tables->report, at->sweep), "name"));
	}
	fputc('\n', out);
}

/* Only what neither the name (of the ceiling) nor the mark (of a missed precision) says. */
static const char *why_unranked(const struct table_point *at, const json_t *result)
{
	const bool is_ceiling =
	    !strcmp(document_text(at->point, "ceiling"), document_text(result, "implementation"));

	return is_ceiling || result_is_imprecise(result) ? ""
	                                                 : document_text(result, "why_unranked");
}

/* "pairs/s"; of times, which have their units with them, "time". */
static const char *value_heading(const json_t *point)
{
	const char *unit = document_text(point, "unit");

	return *unit ? unit : document_text(point, "quantity");
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
	if (*document_text(at->point, "baseline")) {
		text_table_column(table, "ratio", ALIGN_RIGHT, COLUMN_STAYS);
		text_table_column(table, "95% interval", ALIGN_LEFT, COLUMN_STAYS);
	}
	text_table_column(table, "ceiling", ALIGN_RIGHT, EXPEND_CEILING);
	text_table_column(table, "class", ALIGN_LEFT, COLUMN_STAYS);
	json_array_foreach (columns, i, column) {
		if (has_column(at, document_text(column, "key")))
			text_table_column(table, document_text(column, "heading"), ALIGN_RIGHT,
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
	const char *told = document_text(json_object_get(result, "against_baseline"), "told");

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
	const char *class = document_text(result, "class");
	const json_t *design =
	    document_implementation(at->family, document_text(result, "implementation"));
	char text[128];
	const bool declared =
	    strcmp(class, "none") != 0 && !strcmp(document_text(result, "class_is"), "declared");

	tables->has_declared |= declared;
	if (json_is_true(json_object_get(result, "contradicts")))
		snprintf(text, sizeof(text), "%s, not %s", class, document_text(design, "class"));
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
	text_table_cell(table, document_text(result, "implementation"));
	text_table_cell(table, measure_text(value));
	text_table_cell(table, measure_interval(value));
	if (*document_text(at->point, "baseline"))
		add_ratio(tables, table, at->point, result);
	text_table_cell(table, measure_text(json_object_get(result, "to_ceiling")));
	add_class(tables, table, at, result);
	json_array_foreach (columns, i, column) {
		const char *key = document_text(column, "key");

		if (has_column(at, key))
			text_table_cell(table,
			    measure_text(json_object_get(json_object_get(result, "metrics"), key)));
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
		print_text(tables, out, document_text(result, "implementation"));
		fputs(": ", out);
		print_text(tables, out, result_reason(result));
		fputc('\n', out);
	}
	print_rows_left_out(out, left_out, "that failed");
	return left_out;
}

/* -- latencies -- */

static const struct {
	const char *heading, *key;
} percentiles[] = {
    {"median", "p50"}, {"90%", "p90"}, {"99%", "p99"}, {"99.9%", "p999"}, {"longest", "max"}};
enum { NR_PERCENTILES = sizeof(percentiles) / sizeof(percentiles[0]) };

static const json_t *percentile(const json_t *result, const char *operation, const char *key)
{
	char name[128];

	snprintf(name, sizeof(name), "%s_%s_ns", operation, key);
	return json_object_get(json_object_get(result, "metrics"), name);
}

static bool has_latency(const json_t *result, const char *operation)
{
	for (size_t i = 0; i < NR_PERCENTILES; i++) {
		if (percentile(result, operation, percentiles[i].key))
			return true;
	}
	return false;
}

static void add_latency(struct text_table *table, const json_t *result, const char *operation)
{
	text_table_row(table, STYLE_PLAIN);
	text_table_cell(table, document_text(result, "implementation"));
	for (size_t i = 0; i < NR_PERCENTILES; i++)
		text_table_cell(
		    table, measure_text(percentile(result, operation, percentiles[i].key)));
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
		if (!has_latency(result, operation))
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

/* -- all points -- */

/* Fills in a point's text, its lines, and how many rows are not in it. */
static void print_point(struct tables *tables, struct table_point *at)
{
	const json_t *operations = json_object_get(at->family, "operations"), *operation;
	size_t size, i;
	FILE *out;

	free(at->text);
	out = open_memstream(&at->text, &size);
	if (!out)
		abort();
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

static void reset_legend(struct tables *tables)
{
	tables->has_baseline = tables->has_imprecise = false;
	tables->has_not_told_apart = tables->has_declared = false;
	json_object_clear(tables->columns_left_out);
}

/* Returns the lines of all tables together. */
static size_t print_points(
    struct tables *tables, struct table_point *points, size_t nr, size_t most_rows)
{
	size_t lines = 0;

	tables->most_rows = most_rows;
	reset_legend(tables);
	for (size_t i = 0; i < nr; i++) {
		print_point(tables, &points[i]);
		lines += points[i].lines;
	}
	return lines;
}

static bool is_headline(const struct table_point *at)
{
	return !strcmp(document_text(json_object_get(at->sweep, "headline"), "point"),
	    document_text(at->point, "id"));
}

/* Marks as many tables as there is room for: those of the headlines, then in their order. */
static void choose_points(struct table_point *points, size_t nr, size_t room)
{
	for (int headlines = 1; headlines >= 0; headlines--) {
		for (size_t i = 0; i < nr; i++) {
			if (is_headline(&points[i]) != headlines || points[i].lines > room)
				continue;
			points[i].shown = true;
			room -= points[i].lines;
		}
	}
}

static size_t most_results(const struct table_point *points, size_t nr)
{
	size_t most = LEAST_ROWS;

	for (size_t i = 0; i < nr; i++) {
		size_t results = json_array_size(json_object_get(points[i].point, "results"));

		most = results > most ? results : most;
	}
	return most;
}

/*
 * Makes the tables as long as the terminal is high: all have as many rows as fit; if even the
 * fewest do not, latencies are not shown, and then some tables.
 */
static void fit_height(struct tables *tables, struct table_point *points, size_t nr)
{
	const size_t rows = tables->terminal->rows;
	const size_t room = !rows ? SIZE_MAX : rows > LINES_BESIDE ? rows - LINES_BESIDE : 1;
	size_t lines = print_points(tables, points, nr, SIZE_MAX);

	for (size_t most = most_results(points, nr); lines > room && most >= LEAST_ROWS; most--)
		lines = print_points(tables, points, nr, most);
	if (lines > room) {
		tables->no_latencies = true;
		print_points(tables, points, nr, LEAST_ROWS);
	}
	choose_points(points, nr, room);
	/* Once more, for a legend of what is shown alone. */
	reset_legend(tables);
	for (size_t i = 0; i < nr; i++) {
		if (points[i].shown)
			print_point(tables, &points[i]);
	}
}

static struct table_point *list_points(const json_t *report, size_t *nr)
{
	const json_t *sweeps = json_object_get(report, "sweeps"), *sweep;
	struct table_point *points = NULL;
	size_t i, j;

	*nr = 0;
	json_array_foreach (sweeps, i, sweep) {
		const json_t *list = json_object_get(sweep, "points"), *point;

		points = realloc(points, (*nr + json_array_size(list) + 1) * sizeof(*points));
		if (!points)
			abort();
		json_array_foreach (list, j, point)
			points[(*nr)++] = (struct table_point){.sweep = sweep,
			    .family = document_family(report, sweep),
			    .point = point};
	}
	return points;
}

static void print_columns_left_out(const json_t *headings, FILE *out)
{
	enum { NAMED = 4 };
	const size_t nr = json_object_size(headings);
	const char *heading;
	json_t *ignored;
	size_t i = 0;

	if (!nr)
		return;
	fputs("Not shown, for want of width: ", out);
	json_object_foreach ((json_t *)headings, heading, ignored) {
		if (i++ == NAMED)
			break;
		fprintf(out, "%s%s", i > 1 ? "; " : "", heading);
	}
	if (nr > NAMED)
		fprintf(out, "; and %zu more columns", nr - NAMED);
	fputs(".\n", out);
}

static void print_legend(const struct tables *tables, FILE *out)
{
	if (tables->has_baseline)
		fputs("> marks the baseline: ratios are to it, in the same rounds.\n", out);
	if (tables->has_imprecise)
		fputs("~ The precision asked for was not reached.\n", out);
	if (tables->has_not_told_apart)
		fputs("? The ratio does not tell it apart from the baseline.\n", out);
	if (tables->has_declared)
		fputs("* The class is as declared, and not verified.\n", out);
	print_columns_left_out(tables->columns_left_out, out);
}

static void print_where_the_rest_is(const struct tables *tables, FILE *out)
{
	const json_t *sweeps = json_object_get(tables->report, "sweeps"), *sweep;
	size_t i;

	fputs(".\nAll of it: ownbench report --format=markdown", out);
	json_array_foreach (sweeps, i, sweep) {
		fputc(' ', out);
		print_text(tables, out, document_text(sweep, "dir"));
	}
	fputs("; or report.json there\n", out);
}

static void print_left_out(
    const struct tables *tables, FILE *out, const struct table_point *points, size_t nr)
{
	size_t tables_left_out = 0, rows_left_out = 0;

	for (size_t i = 0; i < nr; i++) {
		if (points[i].shown)
			rows_left_out += points[i].rows_left_out;
		else
			tables_left_out++;
	}
	if (!tables_left_out && !rows_left_out)
		return;
	fputs("Not shown, for want of lines: ", out);
	if (tables_left_out)
		fprintf(out, "%zu of %zu tables", tables_left_out, nr);
	if (rows_left_out)
		fprintf(out, "%s%zu rows", tables_left_out ? ", and of the others " : "",
		    rows_left_out);
	if (tables->no_latencies)
		fputs(", and what was timed", out);
	print_where_the_rest_is(tables, out);
}

int show_tables(FILE *out, const json_t *report, const struct terminal *terminal, struct error *err)
{
	struct tables tables = {.report = report, .terminal = terminal};
	struct table_point *points;
	size_t nr;

	if (document_check(report, err))
		return -1;
	tables.columns_left_out = json_object();
	points = list_points(report, &nr);
	fit_height(&tables, points, nr);
	for (size_t i = 0; i < nr; i++) {
		if (points[i].shown)
			fputs(points[i].text, out);
	}
	if (nr)
		print_legend(&tables, out);
	else
		fputs("Nothing was measured.\n", out);
	print_left_out(&tables, out, points, nr);
	json_decref(tables.columns_left_out);
	for (size_t i = 0; i < nr; i++)
		free(points[i].text);
	free(points);
	return 0;
}
