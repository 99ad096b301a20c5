/* SPDX-License-Identifier: MIT */
/*
 * The atomics that an implementation may use: C11's, under their own names, with explicit memory
 * orders.
 *
 * All implementations include this header and not <stdatomic.h>. The explorer compiles the same
 * source with OWNBENCH_ATOMICS set to a header that makes each access a scheduling point.
 */
#ifndef ATOMICS_H
#define ATOMICS_H

#ifdef OWNBENCH_ATOMICS
#include OWNBENCH_ATOMICS
#else
#include <stdatomic.h>

/* Returns how often to try an operation that may fail: n times. The explorer's header returns a
 * smaller number, to bound its executions. */
static inline int bounded_tries(int n)
{
	return n;
}

/* Returns the number of events after which to act: n. The explorer's header returns 1, so that its
 * short programs reach every threshold. */
static inline unsigned int bounded_threshold(unsigned int n)
{
	return n;
}
#endif

#endif
