/* SPDX-License-Identifier: MIT */
/*
 * The cost model: counts what each operation of an implementation does, instead of timing it.
 *
 * There is one group of COST_DEVICES devices, with the memory layout of a run. Each setting repeats
 * a sequence of operations, and averages their counts over the rounds after a warm-up:
 *
 *	alone    CPU 0 probes and removes a device; claims and releases the group; probes while a
 *	         user owns the group; claims while a driver is bound
 *	shared   CPU 0 and CPU 1 probe and remove a device each, in turns, so that each operation
 *	         follows one of the other CPU; CPU 0 claims and releases the group, and CPU 1
 *	         probes and removes in between
 *
 * The driver core's stores to dev->driver around each operation are not counted as stores. Their
 * cache-line transfers are counted, because a design that reads the pointer causes them.
 */
#ifndef HARNESS_COST_COST_H
#define HARNESS_COST_COST_H

#include <stdbool.h>

#include "harness/cost/counter.h"
#include "harness/error.h"
#include "harness/explore/registry.h"

enum { COST_DEVICES = 8 };

enum cost_setting { COST_ALONE, COST_SHARED, NR_COST_SETTINGS };

enum cost_op {
	COST_PROBE,
	COST_REMOVE,
	COST_REFUSED_PROBE, /* refused because a user owns the group */
	COST_CLAIM,
	COST_RELEASE,
	COST_REFUSED_CLAIM, /* refused because a driver is bound to the first device */
	NR_COST_OPS,
};

/* The names of the settings: "alone" and "shared". */
extern const char *const cost_setting_names[NR_COST_SETTINGS];

/* The names of the operations: "probe", "refused_probe" and so on. */
extern const char *const cost_op_names[NR_COST_OPS];

/* The average counts of one operation. */
struct cost {
	bool known; /* false: the operation failed or is not part of this setting */
	double counts[NR_COUNTS];
};

struct costs {
	struct cost of[NR_COST_SETTINGS][NR_COST_OPS];
};

/* All implementations, built with instrumentation for counting; terminated by NULL. */
extern const struct explored *const counted_ownership[];

/* Counts the operations of `counted`: an entry of counted_ownership, or a build from
 * cost_library(). Returns 0, or -1 with the error set. */
int cost_of(const struct explored *counted, struct costs *costs, struct error *err);

#endif
