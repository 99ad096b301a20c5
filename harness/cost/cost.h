/* SPDX-License-Identifier: MIT */
/*
 * The cost model: what each operation of an implementation does, in counts and not in time.
 *
 * One group of COST_DEVICES devices, laid out as in a run. Each setting repeats a few operations,
 * whole and one after the other, until their counts are the same every time round:
 *
 *	alone    CPU 0 probes and removes; claims and releases; probes while a user owns; claims
 *	         while a driver is bound
 *	shared   CPU 0 and CPU 1 take turns at that with a device each, so that each operation comes
 *	         after the other CPU's; claims and releases are CPU 0's, with a probe and a remove
 *	         by CPU 1 in between
 *
 * The driver core's stores to dev->driver are made around the operation. They are not counted as
 * stores; the transfers that they need are, as a design that reads that pointer causes them.
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
	COST_REFUSED_PROBE, /* a user owns the group */
	COST_CLAIM,
	COST_RELEASE,
	COST_REFUSED_CLAIM, /* a driver is bound, to the device that was added first */
	NR_COST_OPS,
};

/* "alone", "shared" */
extern const char *const cost_setting_names[NR_COST_SETTINGS];

/* "probe", "refused_probe", .. */
extern const char *const cost_op_names[NR_COST_OPS];

/* For one operation, on average. */
struct cost {
	bool known; /* false: in this setting the operation did not answer as it should */
	double counts[NR_COUNTS];
};

struct costs {
	struct cost of[NR_COST_SETTINGS][NR_COST_OPS];
};

/* The implementations' counted builds; ends with NULL. */
extern const struct explored *const counted_ownership[];

/* `counted` is one of them, or another from a cost_library() of the build. 0, or -1 with the error
 * set. */
int cost_of(const struct explored *counted, struct costs *costs, struct error *err);

#endif
