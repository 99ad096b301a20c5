/* SPDX-License-Identifier: MIT */
/* Measures designs side by side in a kernel, for `ownbench kernel run`. */
#ifndef BENCH_KERNEL_RUN_H
#define BENCH_KERNEL_RUN_H

#include <stdio.h>

#include "bench/kernel/guest.h"

struct kernel_request {
	const char
	    /* Patterns of designs, separated by commas; NULL: all but the negative controls. */
	    *patterns;
	char spec[256]; /* parameters of the module: "workload=share threads=2 ..." */
	unsigned int repetitions;
	const char *baseline; /* the design by whose rate the other rates are divided */
};

/* The runs of all designs in all repetitions. */
struct kernel_table {
	struct kernel_run *runs; /* ordered by repetition, then by design */
	size_t nr;
	size_t designs; /* number of designs in each repetition */
	size_t repetitions;
};

/* Measures all designs in each repetition. Each repetition begins with a different design. Returns
 * 0, or -1 with the error set and nothing to free. */
int kernel_table_measure(struct kernel_table *table, struct kernel_place *place,
    const struct kernel_request *request, struct error *err);
void kernel_table_free(struct kernel_table *table);

/* Returns whether a run had a violation, or has no result. */
bool kernel_table_has_failures(const struct kernel_table *table);

/* Prints a line for each design, without rates if the kernel was emulated. */
void kernel_table_print(FILE *out, const struct kernel_table *table,
    const struct kernel_place *place, const struct kernel_request *request);

/* Returns the design's run in a repetition, or NULL if it has none. */
const struct kernel_run *kernel_table_find(
    const struct kernel_table *table, size_t repetition, const char *design);

/* Returns the binds per second, including those that were refused or made to fail. For storm this
 * is the rate in the shortest round, up to its last bind. Returns NAN if there is no result. */
double kernel_run_rate(const struct kernel_run *run);

/* Returns the share of the threads' time that is spent in the design's calls, from 0 to 1. The cost
 * of reading the clock is subtracted: it is taken to be the time of the ceiling's calls in the same
 * repetition. Returns NAN if no call was timed, or if the repetition has no ceiling. */
double kernel_run_share(
    const struct kernel_table *table, size_t repetition, const struct kernel_run *run);

/* Returns the first violation of the run, or why it has no result, or NULL if there is neither. */
const char *kernel_run_failure(const struct kernel_run *run);

/* Prints a line of JSON for each run: the output of the module, and where it ran. Leaves out times
 * if the kernel was emulated. */
void kernel_table_json(
    FILE *out, const struct kernel_table *table, const struct kernel_place *place);

#endif
