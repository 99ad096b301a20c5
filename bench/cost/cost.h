/* SPDX-License-Identifier: MIT */
/* The cost model's counts of the program's implementations, beside what a sweep has measured. */
#ifndef BENCH_COST_COST_H
#define BENCH_COST_COST_H

#include <stdio.h>

#include "bench/families/registry.h"
#include "harness/cost/cost.h"

enum { COST_MEASURED = 2 }; /* with 1 thread and with 2 */

struct cost_row {
	const struct instance *instance;
	struct costs costs;
	double pair_ns[COST_MEASURED]; /* that a thread takes for a probe and its remove; NAN:
	                                  unknown */
};

struct cost_table {
	struct cost_row *rows;
	size_t nr;
	bool measured; /* a sweep was given */
};

/* The build of it that is counted: where an implementation is built over several locks or libraries
 * for readers, which are stood in for, one for all. NULL: none. */
const struct explored *cost_counted(const struct instance *instance);

/* What a table is made of. */
struct cost_request {
	/* Patterns. Without any: those of the sweep, or without one all but the negative controls
	 * and those that differ in the lock alone. */
	char **impls;
	size_t nr_impls;
	const char *sweep; /* its directory; NULL: none */
};

/* Counts what was asked for. Returns 0, or -1 with the error set. */
int cost_table_make(
    struct cost_table *table, const struct cost_request *request, struct error *err);
void cost_table_free(struct cost_table *table);

enum cost_format {
	COST_TEXT,
	COST_JSON,
	COST_MARKDOWN, /* the rows of impl/README.md, with their head */
};

void cost_table_print(FILE *out, const struct cost_table *table, enum cost_format format);

/* Writes the file whole or not at all. Returns 0, or -1 with the error set. */
int cost_table_save(
    const char *path, const struct cost_table *table, enum cost_format format, struct error *err);

#endif
