/* SPDX-License-Identifier: MIT */
/* Designs measured by the module, side by side. */
#ifndef BENCH_KERNEL_RUN_H
#define BENCH_KERNEL_RUN_H

#include <stdio.h>

#include "bench/kernel/guest.h"

struct kernel_request {
	const char *patterns; /* designs; NULL: all but the negative controls */
	char spec[256];       /* "workload=share threads=2 ..." */
	unsigned int repetitions;
	const char *baseline; /* the design that the others are divided by */
};

/* What was measured. */
struct kernel_table {
	struct kernel_run *runs; /* by repetition, then by design */
	size_t nr;
	size_t designs; /* of each repetition */
	size_t repetitions;
};

/* Measures all designs in each repetition, in an order of its own. 0, or -1 with the error set;
 * then there is nothing to free. */
int kernel_table_measure(struct kernel_table *table, struct kernel_place *place,
    const struct kernel_request *request, struct error *err);
void kernel_table_free(struct kernel_table *table);

/* Whether a run had a violation, or no result. */
bool kernel_table_has_failures(const struct kernel_table *table);

/* Prints a line for each design. Of an emulated kernel it has ratios alone. */
void kernel_table_print(FILE *out, const struct kernel_table *table,
    const struct kernel_place *place, const struct kernel_request *request);

/* The design's run in a repetition; NULL: it has none. */
const struct kernel_run *kernel_table_find(
    const struct kernel_table *table, size_t repetition, const char *design);

/* Binds a second, refused ones and those that failed as asked for included; in storm up to the last
 * bind of the shortest round. NAN: unknown. */
double kernel_run_rate(const struct kernel_run *run);

/* How much of the threads' time is spent inside the design, from 0 to 1; without reading the clock,
 * which is what the ceiling takes. NAN: unknown, or there is no ceiling. */
double kernel_run_share(
    const struct kernel_table *table, size_t repetition, const struct kernel_run *run);

/* Its first violation, or why it has no result; NULL: neither. */
const char *kernel_run_failure(const struct kernel_run *run);

/* One object a line: what the module printed, without times if the kernel is emulated, and where it
 * ran. */
void kernel_table_json(
    FILE *out, const struct kernel_table *table, const struct kernel_place *place);

#endif
