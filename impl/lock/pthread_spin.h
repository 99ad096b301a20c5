/* SPDX-License-Identifier: MIT */
/* glibc's spinlock: a test-and-set with a plain store to release. */
#ifndef LOCK_PTHREAD_SPIN_H
#define LOCK_PTHREAD_SPIN_H

#include <pthread.h>

struct lock {
	pthread_spinlock_t spin;
};

static inline int lock_init(struct lock *lock)
{
	return -pthread_spin_init(&lock->spin, PTHREAD_PROCESS_PRIVATE);
}

static inline void lock_destroy(struct lock *lock)
{
	pthread_spin_destroy(&lock->spin);
}

static inline void lock_acquire(struct lock *lock)
{
	pthread_spin_lock(&lock->spin);
}

static inline void lock_release(struct lock *lock)
{
	pthread_spin_unlock(&lock->spin);
}

#endif
