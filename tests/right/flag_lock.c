/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A spinlock built from C11's atomic_flag. */
#include "impl.h"

struct own {
	atomic_flag flag;
};

static inline void own_init(struct own *lock)
{
	atomic_flag_clear(&lock->flag);
}

static inline void own_take(struct own *lock)
{
	while (atomic_flag_test_and_set_explicit(&lock->flag, memory_order_acquire))
		;
}

static inline void own_drop(struct own *lock)
{
	atomic_flag_clear_explicit(&lock->flag, memory_order_release);
}

#define OWN_SUMMARY "test: a count under an atomic_flag"
#include "count_under.h"
