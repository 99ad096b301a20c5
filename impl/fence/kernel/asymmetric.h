/* SPDX-License-Identifier: MIT */
/*
 * An asymmetric pair of fences: the light one is a compiler barrier, the heavy one interrupts every
 * CPU. A thread that is not running has passed a full barrier in the scheduler. In the module this
 * replaces impl/asymmetric.h, so it has that guard.
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
	smp_mb(); /* pairs with the light side's order of program */
}

static inline void membarrier_heavy(void)
{
	smp_mb(); /* smp_call_function() leaves this CPU out */
	smp_call_function(membarrier_pass, NULL, 1);
	smp_mb(); /* the caller's later loads come after the other CPUs' barriers */
}

#endif
