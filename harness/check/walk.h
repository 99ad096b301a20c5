/* SPDX-License-Identifier: MIT */
/*
 * A random walk of one thread through the states of a group: every answer against the table of
 * section "The problem", of callers who keep its rules. What nobody else disturbs has one right
 * answer; and a walk comes to counts that no scenario of the explorer and few runs reach.
 */
#ifndef HARNESS_CHECK_WALK_H
#define HARNESS_CHECK_WALK_H

#include <stdint.h>

#include "harness/error.h"
#include "impl.h"

struct walk_request {
	unsigned int devices; /* of the group, from 1 */
	uint64_t operations;
	long seed;
};

struct walk_outcome {
	uint64_t operations;   /* done */
	enum impl_class found; /* the best class that the answers leave */
	char text[200];        /* the worst answer; empty: all are right */
};

/* In a process of its own. A crash, or a wait for ever, is an answer of class unsafe. -1: it could
 * not be done. */
int walk(const struct impl_ops *impl, const struct walk_request *request,
    struct walk_outcome *outcome, struct error *err);

#endif
