/* SPDX-License-Identifier: MIT */
/*
 * Which groups and devices of a run lie together: with --memory=local those on each NUMA node in a
 * part of their own, else all in one. A device is on the node of the one thread that uses it, a
 * group on that of the first of its devices' threads.
 */
#ifndef HARNESS_MEASURE_PLACEMENT_H
#define HARNESS_MEASURE_PLACEMENT_H

#include "harness/error.h"
#include "harness/measure/memory.h"
#include "harness/measure/pin.h"
#include "harness/model/model.h"

struct placement {
	const struct memory *memory; /* NULL: nothing is placed */
	unsigned int nr_parts;
	unsigned int nr_threads;
	unsigned int *part; /* by thread */
	int *cpu;           /* by part: that of its first thread */
};

/* Threads that are not bound are all of one part. 0, to be freed; or -1 with the error set. */
int placement_make(struct placement *placement, const struct memory *memory,
    const struct pin_plan *pins, struct error *err);
void placement_free(struct placement *placement);

/* Of a model whose devices are dealt to the threads in turn, as every workload does. */
struct model_layout placement_layout(const struct placement *placement);

/* What the caller touches first from here on is of this part; and of none, with all that is in the
 * model moved to where it belongs. 0, or -1 with the error set. */
int placement_begin(const struct placement *placement, unsigned int part, struct error *err);
int placement_end(const struct placement *placement, const struct model *model, struct error *err);

#endif
