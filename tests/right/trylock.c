/* SPDX-License-Identifier: MIT */
/* Verdict: not explored. A lock that repeats pthread_mutex_trylock() until it succeeds. The
 * explorer has no model of that function. */
#include "impl.h"

#include <pthread.h>
#include <sched.h>

struct own {
	pthread_mutex_t mutex;
};

static inline void own_init(struct own *lock)
{
	pthread_mutex_init(&lock->mutex, NULL);
}

static inline void own_take(struct own *lock)
{
	while (pthread_mutex_trylock(&lock->mutex))
		sched_yield();
}

static inline void own_drop(struct own *lock)
{
	pthread_mutex_unlock(&lock->mutex);
}

#define OWN_SUMMARY "test: a count under a mutex that is tried"
#include "count_under.h"
