/* SPDX-License-Identifier: MIT */
/* Verdict: exact. pthread's spinlock, called without the adapter of impl/lock. */
#include "impl.h"

#include <pthread.h>

struct own {
	pthread_spinlock_t spin;
};

static inline void own_init(struct own *lock)
{
	pthread_spin_init(&lock->spin, PTHREAD_PROCESS_PRIVATE);
}

static inline void own_take(struct own *lock)
{
	pthread_spin_lock(&lock->spin);
}

static inline void own_drop(struct own *lock)
{
	pthread_spin_unlock(&lock->spin);
}

#define OWN_SUMMARY "test: a count under pthread_spin_lock()"
#include "count_under.h"
