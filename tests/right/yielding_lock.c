/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A test-and-set lock whose waiters yield. */
#include "impl.h"

#include <sched.h>

struct own {
	_Atomic(bool) taken;
};

static inline void own_init(struct own *lock)
{
	atomic_store_explicit(&lock->taken, false, memory_order_relaxed);
}

static inline void own_take(struct own *lock)
{
	while (atomic_exchange_explicit(&lock->taken, true, memory_order_acquire))
		sched_yield();
}

static inline void own_drop(struct own *lock)
{
	atomic_store_explicit(&lock->taken, false, memory_order_release);
}

#define OWN_SUMMARY "test: a count under a test-and-set lock that yields"
#include "count_under.h"
