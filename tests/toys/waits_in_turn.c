/* SPDX-License-Identifier: MIT */
/* Probes wait for each other by tickets, in a loop without a yield. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

struct turns {
	_Atomic(unsigned int) next, now;
};

static int waits_in_turn_use(struct device *dev)
{
	struct turns *turns = (struct turns *)(mutex_count(dev->group) + 1);
	const unsigned int ticket =
	    atomic_fetch_add_explicit(&turns->next, 1, memory_order_relaxed);
	int ret;

	while (atomic_load_explicit(&turns->now, memory_order_acquire) != ticket)
		;
	ret = mutex_count_use(dev);
	atomic_store_explicit(&turns->now, ticket + 1, memory_order_release);
	return ret;
}

#define USE waits_in_turn_use
#define MORE sizeof(struct turns)
#include "table.h"
