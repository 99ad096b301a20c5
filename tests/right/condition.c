/* SPDX-License-Identifier: MIT */
/* Verdict: not explored. A lock built from a mutex and a condition variable: the explorer's
 * coroutines cannot wait on these. */
#include "impl.h"

#include <pthread.h>

struct own {
	pthread_mutex_t mutex;
	pthread_cond_t dropped;
	bool taken;
};

static inline void own_init(struct own *lock)
{
	pthread_mutex_init(&lock->mutex, NULL);
	pthread_cond_init(&lock->dropped, NULL);
	lock->taken = false;
}

static inline void own_take(struct own *lock)
{
	pthread_mutex_lock(&lock->mutex);
	while (lock->taken)
		pthread_cond_wait(&lock->dropped, &lock->mutex);
	lock->taken = true;
	pthread_mutex_unlock(&lock->mutex);
}

static inline void own_drop(struct own *lock)
{
	pthread_mutex_lock(&lock->mutex);
	lock->taken = false;
	pthread_cond_signal(&lock->dropped);
	pthread_mutex_unlock(&lock->mutex);
}

#define OWN_SUMMARY "test: a count under a condition variable"
#include "count_under.h"
