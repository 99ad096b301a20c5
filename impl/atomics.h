/* SPDX-License-Identifier: MIT */
/*
 * The atomics an implementation may use: C11's, by their own names and with explicit orders.
 *
 * One header for all implementations, so that a checker can compile the same source with every
 * access a scheduling point: OWNBENCH_ATOMICS then names the header that stands in for
 * <stdatomic.h>.
 */
#ifndef ATOMICS_H
#define ATOMICS_H

#ifdef OWNBENCH_ATOMICS
#include OWNBENCH_ATOMICS
#else
#include <stdatomic.h>

/* How often to try what may fail, `n`. A checker that enumerates interleavings stands in less. */
static inline int bounded_tries(int n)
{
	return n;
}
#endif

#endif
