/* SPDX-License-Identifier: MIT */
/* What is in several machines' sweeps, in memory. */
#ifndef HARNESS_RECORD_MERGE_RUNS_H
#define HARNESS_RECORD_MERGE_RUNS_H

#include <stdio.h>

#include "harness/record/merge.h"

struct merged {
	json_t *settings;     /* {NAME: sweep.json} */
	json_t *environments; /* {NAME: environment.json} */
	json_t *contexts;     /* of Google Benchmark: {NAME: context} */
	json_t *benchmarks;   /* all its entries */
	json_t *seen;         /* {what makes a repetition unique: directory} */
	char *runs;           /* runs.jsonl */
	size_t runs_size;
	json_int_t families; /* of Google Benchmark, in the sweeps so far */
};

/* Collects the sweeps; each run gets its machine. A repetition that is in two of them is an error.
 * Returns 0, or -1 with the error set; to be freed in any case. */
int merged_collect(
    struct merged *merged, const struct merge_source *sources, size_t nr, struct error *err);
void merged_free(struct merged *merged);

#endif
