/* SPDX-License-Identifier: MIT */
/*
 * Memory layout of a run's groups and devices. With --memory=local there is a part for each NUMA
 * node, else one part for all. A device is placed on the node of the only thread that uses it, a
 * group on the node of the lowest thread that uses one of its devices.
 */
#ifndef HARNESS_MEASURE_PLACEMENT_H
#define HARNESS_MEASURE_PLACEMENT_H

#include "harness/error.h"
#include "harness/measure/memory.h"
#include "harness/measure/pin.h"
#include "harness/model/model.h"

struct placement {
	const struct memory *memory; /* NULL: memory is not placed */
	unsigned int nr_parts;
	unsigned int nr_threads;
	unsigned int *part; /* part of each thread */
	int *cpu;           /* CPU of each part's first thread */
};

/* Assigns a part to each thread. Threads that are not bound share one. Returns 0, or -1 with the
 * error set. The caller frees the placement. */
int placement_make(struct placement *placement, const struct memory *memory,
    const struct pin_plan *pins, struct error *err);
void placement_free(struct placement *placement);

/* Returns the layout of a model whose devices are assigned to the threads round-robin, as in every
 * workload. It refers to the placement. */
struct model_layout placement_layout(const struct placement *placement);

/*
 * After placement_begin(), pages that the caller touches first belong to `part`. placement_end()
 * restores the kernel's default, and migrates all pages of the model to their part's node. Return
 * 0, or -1 with the error set.
 */
int placement_begin(const struct placement *placement, unsigned int part, struct error *err);
int placement_end(const struct placement *placement, const struct model *model, struct error *err);

#endif
