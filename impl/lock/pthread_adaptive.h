/* SPDX-License-Identifier: MIT */
/* glibc's adaptive mutex, which spins for a while before it sleeps, as the kernel's mutex does. */
#ifndef LOCK_PTHREAD_ADAPTIVE_H
#define LOCK_PTHREAD_ADAPTIVE_H

#define LOCK_RELEASE_DRAINS

#include <pthread.h>

struct lock {
	pthread_mutex_t mutex;
};

static inline int lock_init(struct lock *lock)
{
	pthread_mutexattr_t attr;
	int ret;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ADAPTIVE_NP);
	ret = pthread_mutex_init(&lock->mutex, &attr);
	pthread_mutexattr_destroy(&attr);
	return -ret;
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
