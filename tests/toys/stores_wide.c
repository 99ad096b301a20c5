/* SPDX-License-Identifier: MIT */
/* Correct, but each probe stores to more locations than the explorer once supported. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static inline unsigned char *wide(struct group *group)
{
	return &group->state[sizeof(struct mutex_count)];
}

static int stores_wide_use(struct device *dev)
{
	for (int i = 0; i < 300; i++)
		atomic_store_explicit(
		    (_Atomic(unsigned char) *)&wide(dev->group)[i], 1, memory_order_relaxed);
	return mutex_count_use(dev);
}

#define USE stores_wide_use
#define MORE 300
#include "table.h"
