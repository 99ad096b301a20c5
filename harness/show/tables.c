/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/show/regret.h"
#include "harness/show/report_document.h"
#include "harness/show/show.h"
#include "harness/show/text.h"
#include "harness/show/text_table.h"

/* LEAST_ROWS: smallest number of rows to which a table is shortened. LINES_BESIDE: lines of the
 * terminal that are kept for the legend and other text. */
enum { LEAST_ROWS = 3, LINES_BESIDE = 8 };

/* Columns that are dropped on a narrow terminal, the one with the largest value first. */
enum { EXPEND_INTERVAL = 1, EXPEND_CEILING, EXPEND_WHY_UNRANKED, EXPEND_METRICS };

/* Marks in tables. A legend explains the marks that occur. */
enum mark { MARK_BASELINE, MARK_IMPRECISE, MARK_NOT_TOLD_APART, MARK_DECLARED, MARKS };

static const char *const mark_words[MARKS] = {
    [MARK_BASELINE] = "> Baseline: the other results are divided by it, in the same rounds.\n",
    [MARK_IMPRECISE] = "~ The requested precision was not reached.\n",
    [MARK_NOT_TOLD_APART] = "? The difference from the baseline is not significant.\n",
    [MARK_DECLARED] = "* The class is only declared, not verified.\n",
};

/* State shared by all tables of a document. */
struct tables {
	const json_t *report;
	const struct terminal *terminal;
	size_t most_rows; /* largest number of rows of a table, not counting the baseline */
	bool no_latencies;
	bool has[MARKS];
	json_t *columns_left_out; /* the keys are the headings of these columns */
};

/* One table: a point of a sweep, or the sweep's regrets. */
struct table_point {
	const json_t *sweep, *family;
	const json_t *point; /* NULL: the regrets */
	char *text;
	size_t lines, rows_left_out;
	bool shown;
};

/* -- the results of a point -- */

static void print_text(const struct tables *tables, FILE *out, const char *before, const char *text)
{
	fputs(before, out);
	text_print(out, text, tables->terminal->utf8);
}

static void print_title(const struct tables *tables, FILE *out, const struct table_point *at)
{
	const bool colour = tables->terminal->colour;
	const char *conditions = member_text(at->point, "conditions");
	const char *heading =
	    member_text(at->point ? at->point : at->family, at->point ? "workload" : "name");

	print_text(tables, out, colour ? "\033[1m" : "", heading);
	print_text(tables, out, colour ? "\033[0m: " : ": ",
	    at->point ? member_text(at->point, "place") : regret_title(at->sweep).s);
	if (*conditions)
		print_text(tables, out, "; ", conditions);
	if (document_is_of_several(tables->report))
		print_text(tables, out, "; on ",
		    member_text(document_machine(tables->report, at->sweep), "name"));
	fputc('\n', out);
}

/* Returns why the row is not ranked, or "" if the row shows the reason anyway: by the name of the
 * ceiling, or by the mark for a missed precision. */
static const char *why_unranked(const struct table_point *at, const json_t *result)
{
	const bool is_ceiling =
	    !strcmp(member_text(at->point, "ceiling"), member_text(result, "implementation"));

	return is_ceiling || result_is_imprecise(result) ? "" : member_text(result, "why_unranked");
}

/* Returns whether a point is so large that the memory per group matters. */
static bool is_large(const json_t *point)
{
	enum { MANY = 1000 };

	return json_integer_value(json_object_get(point, "groups")) >= MANY ||
	       json_integer_value(json_object_get(point, "devices")) >= MANY;
}

/* Returns whether a table shows a family's column. Latencies have tables of their own, except for
 * those of claims, because a design may gain throughput by making claims slow. Fairness and memory
 * differ between designs only at special points. */
static bool has_column(const struct table_point *at, const char *key)
{
	static const char *const left_out[] = {"fairness", "slowest_of_fastest", NULL};
	const size_t length = strlen(key);

	if (length > 3 && !strcmp(key + length - 3, "_ns") &&
	    strncmp(key, "claim_", strlen("claim_")) != 0)
		return false;
	if (!strcmp(key, "bytes_per_group") && !is_large(at->point))
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

static void note_mark(struct tables *tables, enum mark mark, bool is_there)
{
	tables->has[mark] |= is_there;
}

/* Adds a cell with the rank and the marks of the row. */
static void add_rank(
    struct tables *tables, struct text_table *table, const json_t *point, const json_t *result)
{
	const json_t *rank = json_object_get(result, "rank");
	const bool imprecise = result_is_imprecise(result);
	char place[24] = "-", text[32];

	note_mark(tables, MARK_IMPRECISE, imprecise);
	if (json_is_integer(rank))
		snprintf(place, sizeof(place), "%" JSON_INTEGER_FORMAT, json_integer_value(rank));
	snprintf(text, sizeof(text), "%s%s", result_is_baseline(point, result) ? ">" : "",
	    imprecise ? "~" : place);
	text_table_cell(table, text);
}

static bool is_not_told_apart(const json_t *result)
{
	const char *difference = member_text(json_object_get(result, "against_baseline"), "told");

	return !strcmp(difference, "unresolved") || !strcmp(difference, "too few");
}

static void add_ratio(
    struct tables *tables, struct text_table *table, const json_t *point, const json_t *result)
{
	const json_t *ratio = json_object_get(result, "to_baseline");
	const bool doubtful = !result_is_baseline(point, result) && is_not_told_apart(result);
	char text[128];

	note_mark(tables, MARK_BASELINE, true);
	note_mark(tables, MARK_NOT_TOLD_APART, doubtful);
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
	const bool declared = class_is_declared(result);
	char text[128];

	note_mark(tables, MARK_DECLARED, declared);
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

/* -- latencies -- */

/* The percentiles of a result's "latency" that a table shows. */
static const struct {
	const char *heading;
	double percent;
} percentiles[] = {{"median", 50}, {"90%", 90}, {"99%", 99}, {"99.9%", 99.9}, {"longest", 100}};
enum { NR_PERCENTILES = sizeof(percentiles) / sizeof(percentiles[0]) };

static const json_t *latency_of(const json_t *result, const char *operation)
{
	return json_object_get(json_object_get(result, "latency"), operation);
}

/* Returns the percentile as text, or NULL if it was not recorded. */
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

/* -- a point -- */

static void print_left_out(struct table_point *at, FILE *out, size_t nr, const char *what)
{
	if (nr)
		fprintf(out, "  .. and %zu more %s\n", nr, what);
	at->rows_left_out += nr;
}

/* Adds a row to the table for each result that passed, or if `operation` is not NULL, for each
 * result with latencies of it. Prints and frees the table. */
static void print_table(struct tables *tables, FILE *out, struct table_point *at,
    struct text_table *table, const char *operation)
{
	const json_t *result;
	size_t i, rows = 0, left_out = 0;

	json_array_foreach (json_object_get(at->point, "results"), i, result) {
		if (operation ? !latency_of(result, operation) : result_failed(result))
			continue;
		if (rows >= tables->most_rows && !result_is_baseline(at->point, result)) {
			left_out++;
			continue;
		}
		rows++;
		if (operation)
			add_latency(table, result, operation);
		else
			add_result(tables, table, at, result);
	}
	if (rows)
		text_table_print(table, out, tables->columns_left_out);
	text_table_free(table);
	print_left_out(at, out, left_out, "designs");
}

static void print_results(struct tables *tables, FILE *out, struct table_point *at)
{
	struct text_table *table = text_table_create(tables->terminal);

	add_columns(table, at);
	print_table(tables, out, at, table, NULL);
}

static void print_operation(
    struct tables *tables, FILE *out, struct table_point *at, const char *operation)
{
	struct text_table *table = text_table_create(tables->terminal);
	char heading[128];

	snprintf(heading, sizeof(heading), "time of %s", operation);
	text_table_column(table, heading, ALIGN_LEFT, COLUMN_STAYS);
	for (size_t i = 0; i < NR_PERCENTILES; i++)
		text_table_column(table, percentiles[i].heading, ALIGN_RIGHT, COLUMN_STAYS);
	print_table(tables, out, at, table, operation);
}

static void print_failures(const struct tables *tables, FILE *out, struct table_point *at)
{
	const json_t *result;
	size_t i, nr = 0;

	json_array_foreach (json_object_get(at->point, "results"), i, result) {
		if (!result_failed(result) || nr++ >= tables->most_rows)
			continue;
		if (nr == 1)
			fputs("  failed, so not ranked:\n", out);
		print_text(tables, out, "    ", member_text(result, "implementation"));
		print_text(tables, out, ": ", result_reason(result));
		fputc('\n', out);
	}
	print_left_out(at, out, nr > tables->most_rows ? nr - tables->most_rows : 0, "that failed");
}

/* -- the regrets of a sweep -- */

static void print_regrets(struct tables *tables, FILE *out, struct table_point *at)
{
	struct text_table *table = text_table_create(tables->terminal);
	const json_t *designs = regret_designs(at->sweep), *design;
	size_t i, rows = 0;

	for (size_t c = 0; c < REGRET_COLUMNS; c++)
		text_table_column(table, regret_columns[c].heading, regret_columns[c].align,
		    regret_columns[c].expendable);
	json_array_foreach (designs, i, design) {
		const struct regret_row row = regret_row(at->sweep, design);

		if (rows++ == tables->most_rows)
			break;
		text_table_row(table, STYLE_PLAIN);
		for (size_t c = 0; c < REGRET_COLUMNS; c++)
			text_table_cell(table, row.cells[c].s);
	}
	text_table_print(table, out, tables->columns_left_out);
	text_table_free(table);
	print_left_out(at, out, json_array_size(designs) - i, "designs");
}

/* Sets the point's text, its number of lines, and the number of rows left out. */
static void print_point(struct tables *tables, struct table_point *at)
{
	const json_t *operation;
	size_t size, i;
	FILE *out;

	free(at->text);
	out = text_stream(&at->text, &size);
	at->rows_left_out = 0;
	print_title(tables, out, at);
	if (at->point) {
		print_results(tables, out, at);
		print_failures(tables, out, at);
	} else {
		print_regrets(tables, out, at);
	}
	json_array_foreach (json_object_get(at->family, "operations"), i, operation) {
		if (at->point && !tables->no_latencies)
			print_operation(tables, out, at, json_string_value(operation));
	}
	fputc('\n', out);
	fclose(out);
	at->lines = 0;
	for (const char *c = at->text; *c; c++)
		at->lines += *c == '\n';
}

/* -- all points -- */

static void reset_legend(struct tables *tables)
{
	memset(tables->has, 0, sizeof(tables->has));
	json_object_clear(tables->columns_left_out);
}

/* Prints the table of each point into the point's text. Returns the total number of lines. */
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
	return !at->point || !strcmp(member_text(json_object_get(at->sweep, "headline"), "point"),
				 member_text(at->point, "id"));
}

/* Marks the points to show, as many as fit into `room` lines: headlines first, then the others in
 * their order. */
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

/* Fits all tables into the height of the terminal. Limits the rows of each table to the largest
 * number with which all tables fit. If LEAST_ROWS do not fit, leaves out latencies, and then whole
 * tables. */
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
	/* Prints the tables again, so that the legend covers only those that are shown. */
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

		points = reallocate(points, *nr + json_array_size(list) + 1, sizeof(*points));
		json_array_foreach (list, j, point)
			points[(*nr)++] = (struct table_point){.sweep = sweep,
			    .family = document_family(report, sweep),
			    .point = point};
		if (regret_designs(sweep))
			points[(*nr)++] = (struct table_point){
			    .sweep = sweep, .family = document_family(report, sweep)};
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
	fputs("Columns that do not fit the width: ", out);
	json_object_foreach ((json_t *)headings, heading, ignored) {
		if (i++ == NAMED)
			break;
		fprintf(out, "%s%s", i > 1 ? "; " : "", heading);
	}
	if (nr > NAMED)
		fprintf(out, "; and %zu more", nr - NAMED);
	fputs(".\n", out);
}

static void print_legend(const struct tables *tables, FILE *out)
{
	for (enum mark mark = 0; mark < MARKS; mark++)
		fputs(tables->has[mark] ? mark_words[mark] : "", out);
	print_columns_left_out(tables->columns_left_out, out);
}

static void print_where_the_rest_is(const struct tables *tables, FILE *out)
{
	const json_t *sweep;
	size_t i;

	fputs(".\nAll results: ownbench report --format=markdown", out);
	json_array_foreach (json_object_get(tables->report, "sweeps"), i, sweep)
		print_text(tables, out, " ", member_text(sweep, "dir"));
	fputs(", or its report.json\n", out);
}

static void print_not_shown(
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
	fputs("Left out to fit the height: ", out);
	if (tables_left_out)
		fprintf(out, "%zu of %zu tables", tables_left_out, nr);
	if (rows_left_out)
		fprintf(out, "%s%zu rows%s", tables_left_out ? ", " : "", rows_left_out,
		    tables_left_out ? " of the others" : "");
	if (tables->no_latencies)
		fputs(", and all latencies", out);
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
	print_not_shown(&tables, out, points, nr);
	json_decref(tables.columns_left_out);
	for (size_t i = 0; i < nr; i++)
		free(points[i].text);
	free(points);
	return 0;
}
