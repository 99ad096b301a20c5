/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A ticket lock built from gcc's __atomic builtins. */
#include "impl.h"

struct own {
	unsigned int next, serving;
};

static inline void own_init(struct own *lock)
{
	__atomic_store_n(&lock->next, 0, __ATOMIC_RELAXED);
	__atomic_store_n(&lock->serving, 0, __ATOMIC_RELAXED);
}

static inline void own_take(struct own *lock)
{
	const unsigned int ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_RELAXED);

	while (__atomic_load_n(&lock->serving, __ATOMIC_ACQUIRE) != ticket)
		;
}

static inline void own_drop(struct own *lock)
{
	__atomic_add_fetch(&lock->serving, 1, __ATOMIC_RELEASE);
}

#define OWN_SUMMARY "test: a count under a ticket lock of builtins"
#include "count_under.h"
