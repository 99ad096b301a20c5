/* SPDX-License-Identifier: MIT */
/* A flame graph: the tree of sampled stacks. Each node is a function with its share of the time and
 * its callees. plots/report/flamegraph.html draws the graph. */
#ifndef HARNESS_PROFILE_FLAMEGRAPH_H
#define HARNESS_PROFILE_FLAMEGRAPH_H

#include <jansson.h>

#include "harness/profile/perf_script.h"

/* Returns the root of an empty graph, a new reference. */
json_t *flamegraph_create(void);

/* Adds a sample to `graph`, which flamegraph_create() returned. A callback for
 * perf_script_read(). */
void flamegraph_add(void *graph, const struct perf_sample *sample);

/*
 * Returns the data of the page, a new reference: {"title", "weight", "stacks": [NODE..]}. A NODE is
 * {"name", "kind": "ownbench", "libraries" or "kernel", "weight", "share": "25.00%",
 * "children": [NODE..]}.
 */
json_t *flamegraph_json(json_t *graph, const char *title);

#endif
