/* SPDX-License-Identifier: MIT */
/*
 * One thread walks at random through the states of a group. Its calls are legal, except for
 * unpaired calls while no user owns the group. Every result is compared with the contract in
 * impl.h: without other threads, each call has exactly one right result. A walk reaches higher
 * counts than the explorer's scenarios and most runs do.
 */
#ifndef HARNESS_CHECK_WALK_H
#define HARNESS_CHECK_WALK_H

#include <stdint.h>

#include "harness/check/hang_traces.h"
#include "harness/error.h"
#include "impl.h"

struct walk_request {
	unsigned int devices; /* number of devices in the group, at least 1 */
	uint64_t operations;
	long seed;
};

struct walk_outcome {
	uint64_t operations;   /* number of calls made */
	enum impl_class found; /* the best class that the implementation can have */
	char text[200];        /* describes the worst result; empty if all results were right */
	char hung[HANG_TRACES_MAX]; /* call traces if it hung, see hang_traces(); empty if not */
};

/* Runs a walk in a child process. A crash or hang makes the class unsafe. Returns 0, or -1 with the
 * error set if the walk could not run. */
int walk(const struct impl_ops *impl, const struct walk_request *request,
    struct walk_outcome *outcome, struct error *err);

#endif
