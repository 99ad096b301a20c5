/* SPDX-License-Identifier: MIT */
/* Counts of the cost model for the program's implementations, next to times measured by a sweep. */
#ifndef BENCH_COST_COST_H
#define BENCH_COST_COST_H

#include <stdio.h>

#include "bench/families/registry.h"
#include "harness/cost/cost.h"

enum { COST_MEASURED = 2 }; /* runs with 1 thread and with 2 threads */

struct cost_row {
	const struct instance *instance;
	struct costs costs;
	/* Time that a thread takes for a probe and its remove; NAN: unknown. */
	double pair_ns[COST_MEASURED];
};

struct cost_table {
	struct cost_row *rows;
	size_t nr;
	bool measured; /* whether a sweep was given; if so, pair_ns is filled in */
};

/* Returns the version of the implementation whose operations are counted, or NULL if there is none.
 * Models replace locks and RCU libraries, so implementations that differ only in these share a
 * version. */
const struct explored *cost_counted(const struct instance *instance);

/* Selects the contents of a table. */
struct cost_request {
	/* Patterns of implementations. If there are none, the table has those of the sweep, or
	 * without a sweep all except negative controls and variants that differ only in their
	 * lock. */
	char **impls;
	size_t nr_impls;
	const char *sweep; /* directory of the sweep; NULL: none */
};

/* Counts the selected implementations. Returns 0, or -1 with the error set. */
int cost_table_make(
    struct cost_table *table, const struct cost_request *request, struct error *err);
void cost_table_free(struct cost_table *table);

enum cost_format {
	COST_TEXT,
	COST_JSON,
	COST_MARKDOWN, /* the table of impl/README.md, with its header */
};

void cost_table_print(FILE *out, const struct cost_table *table, enum cost_format format);

/* Writes the file whole or not at all. Returns 0, or -1 with the error set. */
int cost_table_save(
    const char *path, const struct cost_table *table, enum cost_format format, struct error *err);

#endif
