/* SPDX-License-Identifier: MIT */
/* The table of one point: its results, the runs that failed, and the latencies. */
#ifndef HARNESS_SHOW_POINT_TABLE_H
#define HARNESS_SHOW_POINT_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "harness/show/terminal.h"

/* How the tables of a document are printed. */
struct tables {
	const json_t *report;
	const struct terminal *terminal;
	size_t most_rows; /* of a table; the baseline comes on top */
	bool no_latencies;
	/* What is in them that is explained below them. */
	bool has_baseline, has_imprecise, has_not_told_apart, has_declared;
	json_t *columns_left_out; /* for want of width: an object, as a set of headings */
};

/* One table: a point of a sweep. */
struct table_point {
	const json_t *sweep, *family, *point;
	char *text; /* to be freed */
	size_t lines;
	size_t rows_left_out;
	bool shown;
};

/* Prints a point: fills in its text, its lines, and how many rows are not in it. */
void point_table_print(struct tables *tables, struct table_point *at);

#endif
