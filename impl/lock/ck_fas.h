/* SPDX-License-Identifier: MIT */
/* Concurrency Kit's fetch-and-store spinlock, a test-and-test-and-set lock. */
#ifndef LOCK_CK_FAS_H
#define LOCK_CK_FAS_H

#include <ck_spinlock.h>

#include "annotate.h"

struct lock {
	ck_spinlock_fas_t spin;
};

static inline int lock_init(struct lock *lock)
{
	ck_spinlock_fas_init(&lock->spin);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	ck_spinlock_fas_lock(&lock->spin);
	annotate_acquire(lock);
}

static inline void lock_release(struct lock *lock)
{
	annotate_release(lock);
	ck_spinlock_fas_unlock(&lock->spin);
}

#endif
