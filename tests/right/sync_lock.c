/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A lock built from gcc's older __sync builtins. */
#include "impl.h"

#include <sched.h>

struct own {
	int taken;
};

static inline void own_init(struct own *lock)
{
	__sync_lock_release(&lock->taken);
}

static inline void own_take(struct own *lock)
{
	while (__sync_lock_test_and_set(&lock->taken, 1))
		sched_yield();
}

static inline void own_drop(struct own *lock)
{
	__sync_bool_compare_and_swap(&lock->taken, 1, 0);
}

#define OWN_SUMMARY "test: a count under a lock of __sync builtins"
#include "count_under.h"
