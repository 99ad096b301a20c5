/* SPDX-License-Identifier: MIT */
/*
 * A random walk of one thread through the states of a group, by legal calls. Every result is
 * compared with the specification in spec.h: without other threads, each call has exactly one right
 * result. A walk reaches higher counts than the explorer's scenarios and most runs.
 */
#ifndef HARNESS_CHECK_WALK_H
#define HARNESS_CHECK_WALK_H

#include <stdint.h>

#include "harness/check/hang_traces.h"
#include "harness/error.h"
#include "impl.h"

struct walk_request {
	unsigned int devices; /* devices in the group, at least 1 */
	uint64_t operations;
	long seed;
};

struct walk_outcome {
	uint64_t operations;        /* operations done */
	enum impl_class found;      /* the best class that the implementation can have */
	char text[200];             /* describes the worst result; empty: all results were right */
	char hung[HANG_TRACES_MAX]; /* where the walk hung, see hang_traces(); empty: it did not */
};

/* Walks in a child process. A crash or a hang makes the class unsafe. Returns 0, or -1 with the
 * error set if the walk could not be done. */
int walk(const struct impl_ops *impl, const struct walk_request *request,
    struct walk_outcome *outcome, struct error *err);

#endif
