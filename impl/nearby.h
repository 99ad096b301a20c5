/* SPDX-License-Identifier: MIT */
/*
 * Chooses a shard near the calling CPU. The result is only a hint, because the thread can migrate
 * at once. So a shard must stay correct when a distant CPU changes it, and a caller that needs the
 * same shard later must store the index.
 */
#ifndef NEARBY_H
#define NEARBY_H

#ifdef __KERNEL__
#include <linux/smp.h>
#else
#include <sys/rseq.h>
#endif

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
#elif defined(__KERNEL__)
	return raw_smp_processor_id() % nr_shards;
#else
	/* The kernel writes the CPU here whenever it resumes the thread, if it supports rseq(2).
	 * sched_getcpu() reads it, too, but is a call of a shared library. */
	const volatile struct rseq *rseq =
	    (const volatile struct rseq *)((char *)__builtin_thread_pointer() + __rseq_offset);

	(void)dev;
	return rseq->cpu_id % nr_shards;
#endif
}

#endif
