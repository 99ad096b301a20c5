/* SPDX-License-Identifier: MIT */
/* A flame graph: the stacks that were sampled, each function with its share of the time and with
 * what it called. plots/report/flamegraph.html draws it. */
#ifndef HARNESS_PROFILE_FLAMEGRAPH_H
#define HARNESS_PROFILE_FLAMEGRAPH_H

#include <jansson.h>

#include "harness/profile/perf_script.h"

/* The root of a graph without samples. */
json_t *flamegraph_create(void);

/* For perf_script_read(); `graph` is what flamegraph_create() returned. */
void flamegraph_add(void *graph, const struct perf_sample *sample);

/*
 * The data of a page: {"title", "weight", "stacks": [NODE..]}, a NODE being {"name", "kind":
 * "ownbench", "libraries" or "kernel", "weight", "share": "25.00%", "children": [NODE..]}. A new
 * reference.
 */
json_t *flamegraph_json(json_t *graph, const char *title);

#endif
