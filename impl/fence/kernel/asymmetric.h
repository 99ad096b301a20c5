/* SPDX-License-Identifier: MIT */
/*
 * An asymmetric pair of fences: the light one is a compiler barrier, the heavy one interrupts every
 * CPU. A thread that is not running has executed a full barrier in the scheduler. In the kernel
 * module this header replaces impl/asymmetric.h, so it has the same include guard.
 */
#ifndef MEMBARRIER_H
#define MEMBARRIER_H

#include <linux/smp.h>

static inline int membarrier_setup(void)
{
	return 0;
}

static inline void membarrier_light(void)
{
	barrier();
}

static inline void membarrier_pass(void *unused)
{
	smp_mb(); /* pairs with membarrier_light() on this CPU */
}

static inline void membarrier_heavy(void)
{
	smp_mb(); /* for this CPU, which smp_call_function() does not interrupt */
	smp_call_function(membarrier_pass, NULL, 1);
	smp_mb(); /* orders the caller's later loads after the other CPUs' barriers */
}

#endif
