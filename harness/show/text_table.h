/* SPDX-License-Identifier: MIT */
/* A table of aligned columns that is narrowed to the width of the terminal. */
#ifndef HARNESS_SHOW_TEXT_TABLE_H
#define HARNESS_SHOW_TEXT_TABLE_H

#include <jansson.h>
#include <stdio.h>

#include "harness/show/terminal.h"

enum text_align { ALIGN_LEFT, ALIGN_RIGHT };
enum text_style { STYLE_PLAIN, STYLE_BOLD, STYLE_GREEN, STYLE_FAINT };

/* The value of `expendable` for a column that is never left out. Of the others, the column with the
 * largest value is left out first. */
enum { COLUMN_STAYS = 0 };

struct text_table;

struct text_table *text_table_create(const struct terminal *terminal);
void text_table_free(struct text_table *table);

/* Adds a column. All columns must be added before the first row. */
void text_table_column(
    struct text_table *table, const char *heading, enum text_align align, unsigned int expendable);

/* Starts a row. The style has an effect only on a terminal with colours. */
void text_table_row(struct text_table *table, enum text_style style);

/* Fills the row's next cell, which is empty if `text` is NULL. */
void text_table_cell(struct text_table *table, const char *text);

/*
 * Prints the headings and the rows. Columns whose cells are all empty are not printed. If the table
 * is wider than the terminal, narrows the gaps, then leaves out expendable columns, then cuts the
 * widest left-aligned column. The headings of columns that were left out are added to the object
 * `left_out` as keys.
 */
void text_table_print(struct text_table *table, FILE *out, json_t *left_out);

#endif
