/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A ticket lock whose waiters spin. */
#include "impl.h"

struct own {
	_Atomic(unsigned int) next, serving;
};

static inline void own_init(struct own *lock)
{
	atomic_store_explicit(&lock->next, 0, memory_order_relaxed);
	atomic_store_explicit(&lock->serving, 0, memory_order_relaxed);
}

static inline void own_take(struct own *lock)
{
	const unsigned int ticket = atomic_fetch_add_explicit(&lock->next, 1, memory_order_relaxed);

	while (atomic_load_explicit(&lock->serving, memory_order_acquire) != ticket)
		;
}

static inline void own_drop(struct own *lock)
{
	const unsigned int serving = atomic_load_explicit(&lock->serving, memory_order_relaxed);

	atomic_store_explicit(&lock->serving, serving + 1, memory_order_release);
}

#define OWN_SUMMARY "test: a count under a ticket lock"
#include "count_under.h"
