/* SPDX-License-Identifier: MIT */
/* Concurrency Kit's reader-writer spinlock, taken as a writer. */
#ifndef LOCK_CK_RWLOCK_H
#define LOCK_CK_RWLOCK_H

#include <ck_rwlock.h>

#include "annotate.h"

struct lock {
	ck_rwlock_t rw;
};

static inline int lock_init(struct lock *lock)
{
	ck_rwlock_init(&lock->rw);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	ck_rwlock_write_lock(&lock->rw);
	annotate_acquire(lock);
}

static inline void lock_release(struct lock *lock)
{
	annotate_release(lock);
	ck_rwlock_write_unlock(&lock->rw);
}

#endif
