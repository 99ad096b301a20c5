/* SPDX-License-Identifier: MIT */
/*
 * Decides where the groups and devices of a run are in memory. With --memory=local there is one
 * part for each NUMA node, otherwise a single part. A device is placed on the node of the thread
 * that uses it, and a group on the node of the lowest-numbered thread that uses one of its devices.
 */
#ifndef HARNESS_MEASURE_PLACEMENT_H
#define HARNESS_MEASURE_PLACEMENT_H

#include "harness/error.h"
#include "harness/measure/memory.h"
#include "harness/measure/pin.h"
#include "harness/model/model.h"

struct placement {
	const struct memory *memory; /* NULL: the kernel places the memory */
	unsigned int nr_parts;
	unsigned int nr_threads;
	unsigned int *part; /* each thread's part */
	int *cpu;           /* CPU of each part's first thread */
};

/* Assigns a part to each thread. Threads that are not bound to a CPU share a part. Returns 0, or -1
 * with the error set. The caller frees the placement. */
int placement_make(struct placement *placement, const struct memory *memory,
    const struct pin_plan *pins, struct error *err);
void placement_free(struct placement *placement);

/* Returns the layout of a model whose devices are assigned to the threads in turn, as in every
 * workload. The layout refers to the placement, which must outlive it. */
struct model_layout placement_layout(const struct placement *placement);

/*
 * After placement_begin(), pages that the caller touches first go to the node of `part`.
 * placement_end() restores the kernel's default policy, and migrates the model's pages to the nodes
 * of their parts. Both return 0, or -1 with the error set.
 */
int placement_begin(const struct placement *placement, unsigned int part, struct error *err);
int placement_end(const struct placement *placement, const struct model *model, struct error *err);

#endif
