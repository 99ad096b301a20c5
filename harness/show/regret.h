/* SPDX-License-Identifier: MIT */
/* The table of regrets of a sweep, shown as text and as Markdown. */
#ifndef HARNESS_SHOW_REGRET_H
#define HARNESS_SHOW_REGRET_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/show/text_table.h"

enum regret_cells {
	REGRET_RANK,
	REGRET_DESIGN,
	REGRET_WORST,
	REGRET_INTERVAL,
	REGRET_MEAN,
	REGRET_LARGE,
	REGRET_CLAIMS,
	REGRET_CLASS,
	REGRET_LACKS,
	REGRET_RIVAL,
	REGRET_PLACE,
	REGRET_COLUMNS,
};

struct regret_column {
	const char *heading;
	enum text_align align;
	unsigned int expendable; /* as in text_table_column() */
};

extern const struct regret_column regret_columns[REGRET_COLUMNS];

/* Returns the designs with their regrets in a sweep, best first. Returns NULL if the sweep has only
 * one point, because the point's own table then shows as much. */
const json_t *regret_designs(const json_t *sweep);

/* Returns the heading of the table. */
struct regret_title {
	char s[192];
} regret_title(const json_t *sweep);

/* Returns the cells of a design's row. */
struct regret_row {
	struct regret_cell {
		char s[96];
	} cells[REGRET_COLUMNS];
} regret_row(const json_t *sweep, const json_t *design);

#endif
