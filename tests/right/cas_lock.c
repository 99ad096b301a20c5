/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A lock taken by a weak compare-and-swap in a loop, whose waiters yield. */
#include "impl.h"

#include <sched.h>

struct own {
	_Atomic(unsigned int) word;
};

static inline void own_init(struct own *lock)
{
	atomic_store_explicit(&lock->word, 0, memory_order_relaxed);
}

static inline void own_take(struct own *lock)
{
	unsigned int free = 0;

	while (!atomic_compare_exchange_weak_explicit(
	    &lock->word, &free, 1, memory_order_acquire, memory_order_relaxed)) {
		free = 0;
		sched_yield();
	}
}

static inline void own_drop(struct own *lock)
{
	atomic_store_explicit(&lock->word, 0, memory_order_release);
}

#define OWN_SUMMARY "test: a count under a lock of compare-and-swaps"
#include "count_under.h"
