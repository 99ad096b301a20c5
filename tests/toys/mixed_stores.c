/* SPDX-License-Identifier: MIT */
/* One side changes a count atomically, and the other reads it as a plain object. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static unsigned int *total(struct group *group)
{
	return (unsigned int *)(mutex_count(group) + 1);
}

static int mixed_stores_use(struct device *dev)
{
	_Atomic(unsigned int) *count = (_Atomic(unsigned int) *)total(dev->group);

	atomic_fetch_add_explicit(count, 1, memory_order_release);
	return mutex_count_use(dev);
}

static int mixed_stores_claim(struct group *group, void *owner)
{
	return *total(group) > 100 ? -EPERM : mutex_count_claim(group, owner);
}

#define USE mixed_stores_use
#define CLAIM mixed_stores_claim
#define MORE sizeof(unsigned int)
#include "tests/toys/table.h"
