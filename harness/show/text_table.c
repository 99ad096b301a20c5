/* SPDX-License-Identifier: MIT */
#include "harness/show/text_table.h"

#include <stdlib.h>

#include "harness/memory.h"
#include "harness/show/text.h"

/* Widths in characters. No column is cut to less than CUT_LEAST. */
enum { COLUMNS_MAX = 32, INDENT = 1, WIDE_GAP = 2, NARROW_GAP = 1, CUT_LEAST = 8 };

struct column {
	char *heading;
	enum text_align align;
	unsigned int expendable;
	bool filled; /* has a cell that is not empty */
	bool left_out;
	size_t width;
};

struct row {
	enum text_style style;
	char *cells[COLUMNS_MAX];
	size_t nr_cells;
};

struct text_table {
	struct terminal terminal;
	struct column columns[COLUMNS_MAX];
	size_t nr_columns;
	struct row *rows;
	size_t nr_rows;
};

struct text_table *text_table_create(const struct terminal *terminal)
{
	struct text_table *table = allocate(1, sizeof(*table));

	table->terminal = *terminal;
	return table;
}

void text_table_free(struct text_table *table)
{
	for (size_t c = 0; c < table->nr_columns; c++)
		free(table->columns[c].heading);
	for (size_t r = 0; r < table->nr_rows; r++) {
		for (size_t c = 0; c < table->rows[r].nr_cells; c++)
			free(table->rows[r].cells[c]);
	}
	free(table->rows);
	free(table);
}

void text_table_column(
    struct text_table *table, const char *heading, enum text_align align, unsigned int expendable)
{
	struct column *column = &table->columns[table->nr_columns];

	if (table->nr_columns == COLUMNS_MAX)
		return;
	table->nr_columns++;
	column->heading = text_printable(heading, table->terminal.utf8);
	column->align = align;
	column->expendable = expendable;
	column->width = text_columns(column->heading);
}

void text_table_row(struct text_table *table, enum text_style style)
{
	table->rows = reallocate(table->rows, table->nr_rows + 1, sizeof(*table->rows));
	table->rows[table->nr_rows++] = (struct row){.style = style};
}

void text_table_cell(struct text_table *table, const char *text)
{
	struct row *row = &table->rows[table->nr_rows - 1];
	struct column *column = &table->columns[row->nr_cells];
	char *cell;
	size_t width;

	if (row->nr_cells == table->nr_columns)
		return;
	cell = text_printable(text ? text : "", table->terminal.utf8);
	width = text_columns(cell);
	column->width = width > column->width ? width : column->width;
	column->filled |= width > 0;
	row->cells[row->nr_cells++] = cell;
}

static bool is_shown(const struct column *column)
{
	return column->filled && !column->left_out;
}

static size_t table_width(const struct text_table *table, size_t gap)
{
	size_t width = INDENT, nr = 0;

	for (size_t c = 0; c < table->nr_columns; c++) {
		if (is_shown(&table->columns[c]))
			width += table->columns[c].width + (nr++ ? gap : 0);
	}
	return width;
}

/* Returns the column to leave out next, or NULL if all others must stay. */
static struct column *most_expendable(struct text_table *table)
{
	struct column *most = NULL;

	for (size_t c = 0; c < table->nr_columns; c++) {
		struct column *column = &table->columns[c];

		if (is_shown(column) && column->expendable != COLUMN_STAYS &&
		    (!most || column->expendable >= most->expendable))
			most = column;
	}
	return most;
}

/* Returns the index of the widest left-aligned column, or nr_columns if there is none. */
static size_t widest_column(const struct text_table *table)
{
	size_t widest = table->nr_columns;

	for (size_t c = 0; c < table->nr_columns; c++) {
		const struct column *column = &table->columns[c];

		if (is_shown(column) && column->align == ALIGN_LEFT &&
		    (widest == table->nr_columns || column->width > table->columns[widest].width))
			widest = c;
	}
	return widest;
}

static void cut_widest(struct text_table *table, size_t excess)
{
	const size_t widest = widest_column(table);
	struct column *column = &table->columns[widest];

	if (widest == table->nr_columns || column->width <= CUT_LEAST)
		return;
	column->width = column->width > excess + CUT_LEAST ? column->width - excess : CUT_LEAST;
	text_cut(column->heading, column->width);
	for (size_t r = 0; r < table->nr_rows; r++) {
		if (widest < table->rows[r].nr_cells)
			text_cut(table->rows[r].cells[widest], column->width);
	}
}

/* Narrows the table until it fits the terminal, as far as possible. Returns the gap between the
 * columns. */
static size_t fit_columns(struct text_table *table)
{
	const size_t room = table->terminal.columns;
	struct column *column;
	size_t width;

	if (!room || table_width(table, WIDE_GAP) <= room)
		return WIDE_GAP;
	while (table_width(table, NARROW_GAP) > room && (column = most_expendable(table)))
		column->left_out = true;
	width = table_width(table, NARROW_GAP);
	if (width > room)
		cut_widest(table, width - room);
	return table_width(table, WIDE_GAP) <= room ? WIDE_GAP : NARROW_GAP;
}

static void print_blanks(FILE *out, size_t nr)
{
	fprintf(out, "%*s", (int)nr, "");
}

/* Prints a row without trailing blanks. */
static void print_cells(
    const struct text_table *table, FILE *out, char *const *cells, size_t nr, size_t gap)
{
	size_t blanks = INDENT;

	for (size_t c = 0; c < nr; c++) {
		const struct column *column = &table->columns[c];
		size_t pad;

		if (!is_shown(column))
			continue;
		pad = column->width - text_columns(cells[c]);
		if (*cells[c]) {
			print_blanks(out, blanks + (column->align == ALIGN_RIGHT ? pad : 0));
			fputs(cells[c], out);
			blanks = column->align == ALIGN_LEFT ? pad : 0;
		} else {
			blanks += column->width;
		}
		blanks += gap;
	}
}

static void print_row(const struct text_table *table, FILE *out, const struct row *row, size_t gap)
{
	static const char *const starts[] = {"", "\033[1m", "\033[32m", "\033[2m"};
	const bool styled = table->terminal.colour && row->style != STYLE_PLAIN;

	if (styled)
		fputs(starts[row->style], out);
	print_cells(table, out, row->cells, row->nr_cells, gap);
	fputs(styled ? "\033[0m\n" : "\n", out);
}

static void list_left_out(const struct text_table *table, json_t *headings)
{
	for (size_t c = 0; c < table->nr_columns; c++) {
		if (table->columns[c].left_out)
			json_object_set_new(headings, table->columns[c].heading, json_true());
	}
}

void text_table_print(struct text_table *table, FILE *out, json_t *left_out)
{
	const size_t gap = fit_columns(table);
	struct row headings = {.style = STYLE_FAINT, .nr_cells = table->nr_columns};

	for (size_t c = 0; c < table->nr_columns; c++)
		headings.cells[c] = table->columns[c].heading;
	print_row(table, out, &headings, gap);
	for (size_t r = 0; r < table->nr_rows; r++)
		print_row(table, out, &table->rows[r], gap);
	list_left_out(table, left_out);
}
