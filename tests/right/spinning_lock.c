/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A test-and-test-and-set lock whose waiters spin. At first they spin a bounded
 * number of times. */
#include "impl.h"

struct own {
	_Atomic(bool) taken;
};

static inline void own_init(struct own *lock)
{
	atomic_store_explicit(&lock->taken, false, memory_order_relaxed);
}

static inline void own_take(struct own *lock)
{
	for (int i = 0; i < 3; i++)
		if (!atomic_load_explicit(&lock->taken, memory_order_relaxed))
			break;
	while (atomic_exchange_explicit(&lock->taken, true, memory_order_acquire))
		while (atomic_load_explicit(&lock->taken, memory_order_relaxed))
			;
}

static inline void own_drop(struct own *lock)
{
	atomic_store_explicit(&lock->taken, false, memory_order_release);
}

#define OWN_SUMMARY "test: a count under a lock that spins"
#include "count_under.h"
