/* SPDX-License-Identifier: MIT */
/* A flame graph: stacks that were sampled, the outermost function at the bottom, as wide as the
 * share of the time that it was on the stack. */
#ifndef HARNESS_RESULTS_FLAMEGRAPH_H
#define HARNESS_RESULTS_FLAMEGRAPH_H

#include "harness/results/perf_script.h"

struct flamegraph;

/* NULL: no memory. */
struct flamegraph *flamegraph_create(void);
void flamegraph_destroy(struct flamegraph *graph);

/* For perf_script_read(); `graph` is a struct flamegraph. */
void flamegraph_add(void *graph, const struct perf_sample *sample);

/* Writes it as SVG, whole or not at all. 0, or -1 with the error set. */
int flamegraph_write(
    struct flamegraph *graph, const char *path, const char *title, struct error *err);

#endif
