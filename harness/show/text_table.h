/* SPDX-License-Identifier: MIT */
/* A table of aligned columns that fits a terminal's width as far as it can. */
#ifndef HARNESS_SHOW_TEXT_TABLE_H
#define HARNESS_SHOW_TEXT_TABLE_H

#include <jansson.h>
#include <stdio.h>

#include "harness/show/terminal.h"

enum text_align { ALIGN_LEFT, ALIGN_RIGHT };
enum text_style { STYLE_PLAIN, STYLE_BOLD, STYLE_GREEN, STYLE_FAINT };

/* Columns of this are never left out; of others the highest go first. */
enum { COLUMN_STAYS = 0 };

struct text_table;

struct text_table *text_table_create(const struct terminal *terminal);
void text_table_free(struct text_table *table);

/* Adds a column; all of them come before the first row. */
void text_table_column(
    struct text_table *table, const char *heading, enum text_align align, unsigned int expendable);

/* Starts a row. A colour is seen only where the terminal has colours. */
void text_table_row(struct text_table *table, enum text_style style);

/* Fills the row's next cell; NULL is an empty one. */
void text_table_cell(struct text_table *table, const char *text);

/*
 * Prints the headings and the rows; a column without any text is not there. Where they are wider
 * than the terminal, the gaps get narrower, expendable columns are left out, and then the widest
 * column that is aligned left is cut. The headings of columns that were left out become members of
 * the object `left_out`.
 */
void text_table_print(struct text_table *table, FILE *out, json_t *left_out);

#endif
