/* SPDX-License-Identifier: MIT */
/*
 * Chooses a shard near the calling CPU. The result is only a hint, because the thread can migrate
 * at once. So a shard must stay correct when a distant CPU changes it, and a caller that needs the
 * same shard later must store the index.
 */
#ifndef NEARBY_H
#define NEARBY_H

#include <sched.h>

#include "impl.h"

/* Size in bytes of a cache line plus the adjacent one, which the hardware prefetcher loads with
 * it. */
enum { NEARBY_SPACING = 128 };

static inline unsigned int nearby_shard(struct device *dev, unsigned int nr_shards)
{
#ifdef OWNBENCH_ATOMICS
	/* Explorations must be repeatable, but the CPU on which they run differs from run to run.
	 * So the device selects the shard. */
	return (unsigned int)((uintptr_t)dev / NEARBY_SPACING) % nr_shards;
#else
	(void)dev;
	return (unsigned int)sched_getcpu() % nr_shards;
#endif
}

#endif
