/* SPDX-License-Identifier: MIT */
/* A probe that overlaps a claim is granted, but only if it has looked before the claim: its yield
 * waits for what it saw before it took the lock. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static _Atomic(unsigned int) *yields_late_claims(struct group *group)
{
	return (_Atomic(unsigned int) *)(mutex_count(group) + 1);
}

static int yields_late_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);

	atomic_load_explicit(yields_late_claims(dev->group), memory_order_relaxed);
	lock_acquire(&g->mutex);
	sched_yield();
	lock_release(&g->mutex);
	return 0;
}

static int yields_late_claim(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);

	(void)owner;
	lock_acquire(&g->mutex);
	atomic_store_explicit(yields_late_claims(group), 1, memory_order_relaxed);
	lock_release(&g->mutex);
	return 0;
}

#define USE yields_late_use
#define CLAIM yields_late_claim
#define MORE 8
#include "table.h"
