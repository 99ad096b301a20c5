/* SPDX-License-Identifier: MIT */
#include "harness/show/show.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/show/document.h"
#include "harness/show/point_table.h"
#include "harness/show/text.h"

/* Rows of a table where not all tables fit, and lines that a terminal needs beside the tables. */
enum { LEAST_ROWS = 3, LINES_BESIDE = 8 };

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
		point_table_print(tables, &points[i]);
		lines += points[i].lines;
	}
	return lines;
}

static bool is_headline(const struct table_point *at)
{
	return !strcmp(member_text(json_object_get(at->sweep, "headline"), "point"),
	    member_text(at->point, "id"));
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
			point_table_print(tables, &points[i]);
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

		points = reallocate(points, *nr + json_array_size(list), sizeof(*points));
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
		text_print(out, member_text(sweep, "dir"), tables->terminal->utf8);
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
