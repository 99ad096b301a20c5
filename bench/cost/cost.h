/* SPDX-License-Identifier: MIT */
/* The cost model's counts of the program's implementations, next to times that a sweep measured. */
#ifndef BENCH_COST_COST_H
#define BENCH_COST_COST_H

#include <stdio.h>

#include "bench/families/registry.h"
#include "harness/cost/cost.h"

enum { COST_MEASURED = 2 }; /* sweeps with 1 thread and with 2 threads */

struct cost_row {
	const struct instance *instance;
	struct costs costs;
	/* Time of a probe and its remove in one thread; NAN: unknown. */
	double pair_ns[COST_MEASURED];
};

struct cost_table {
	struct cost_row *rows;
	size_t nr;
	bool measured; /* a sweep was given, so that pair_ns is filled in */
};

/* Returns the version of the implementation that is counted, or NULL if there is none. Locks and
 * RCU libraries are replaced by models, so that implementations that differ only in these share
 * one version. */
const struct explored *cost_counted(const struct instance *instance);

/* The contents of a table. */
struct cost_request {
	/* Patterns. If empty: the implementations of the sweep. Without a sweep: all except
	 * negative controls and implementations that differ from another one only in their lock. */
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
