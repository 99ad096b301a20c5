/* SPDX-License-Identifier: MIT */
/* What is in several machines' sweeps, in memory. */
#ifndef HARNESS_RESULTS_MERGE_RUNS_H
#define HARNESS_RESULTS_MERGE_RUNS_H

#include <stdio.h>

#include "harness/results/merge.h"

struct merged {
	json_t *contexts;   /* of Google Benchmark: {NAME: context} */
	json_t *benchmarks; /* all entries */
	json_t *machines;   /* {NAME: environment} */
	json_t *seen;       /* {what makes a run unique: directory} */
	FILE *runs;         /* runs.jsonl */
	char *runs_text;
	size_t runs_size;
	bool has_runs;
	json_int_t families; /* of the sweeps so far */
};

/* All of them, runs renamed after their machines. A run that is there twice is an error. 0, or -1
 * with the error set; to be freed in any case. */
int merged_collect(
    struct merged *merged, const struct merge_source *sources, size_t nr, struct error *err);
void merged_free(struct merged *merged);

#endif
