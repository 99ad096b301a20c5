/* SPDX-License-Identifier: MIT */
/* The latencies that a sweep's runs.jsonl holds, over the repetitions of each run. */
#ifndef HARNESS_RESULTS_HISTOGRAMS_H
#define HARNESS_RESULTS_HISTOGRAMS_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/measure/latency.h"

struct run_histogram {
	char *run; /* its name */
	enum latency_op op;
	struct histogram h; /* of all its repetitions that did not fail */
};

struct histograms {
	struct run_histogram *list;
	size_t nr;
	json_t *index; /* {"OP RUN": place in the list} */
};

/* To be freed. Without a runs.jsonl, or latencies in it, there is none, and that is no error. 0, or
 * -1 with an error that names the line. */
int histograms_load(const char *dir, struct histograms *histograms, struct error *err);
void histograms_free(struct histograms *histograms);

/* NULL: that was not timed. */
const struct histogram *histograms_find(
    const struct histograms *histograms, const char *run, enum latency_op op);

#endif
