/* SPDX-License-Identifier: MIT */
/*
 * The atomics that an implementation may use: those of C11, with explicit memory orders.
 *
 * Implementations include this header instead of <stdatomic.h>. The explorer compiles the same
 * source with OWNBENCH_ATOMICS set to a header that makes each access a scheduling point.
 */
#ifndef ATOMICS_H
#define ATOMICS_H

#ifdef OWNBENCH_ATOMICS
#include OWNBENCH_ATOMICS
#else
#include <stdatomic.h>

/* Returns n, the number of attempts after which a retry loop gives up. The explorer's header
 * returns a smaller number, to bound its executions. */
static inline int bounded_tries(int n)
{
	return n;
}

/* Returns n, the number of events after which an implementation acts. The explorer's header returns
 * 1, so that its short programs reach every threshold. */
static inline unsigned int bounded_threshold(unsigned int n)
{
	return n;
}
#endif

#endif
