/* SPDX-License-Identifier: MIT */
/* The default lock: a pthread mutex, the closest to the kernel's mutex. */
#ifndef LOCK_PTHREAD_MUTEX_H
#define LOCK_PTHREAD_MUTEX_H

#define LOCK_RELEASE_DRAINS

#include <pthread.h>

struct lock {
	pthread_mutex_t mutex;
};

/* Returns 0 or a negative errno. */
static inline int lock_init(struct lock *lock)
{
	return -pthread_mutex_init(&lock->mutex, NULL);
}

static inline void lock_destroy(struct lock *lock)
{
	pthread_mutex_destroy(&lock->mutex);
}

static inline void lock_acquire(struct lock *lock)
{
	pthread_mutex_lock(&lock->mutex);
}

static inline void lock_release(struct lock *lock)
{
	pthread_mutex_unlock(&lock->mutex);
}

#endif
