/* SPDX-License-Identifier: MIT */
/* Concurrency Kit's phase-fair reader-writer lock, taken as a writer. */
#ifndef LOCK_CK_PFLOCK_H
#define LOCK_CK_PFLOCK_H

#define LOCK_RELEASE_DRAINS

#include <ck_pflock.h>

#include "annotate.h"

struct lock {
	ck_pflock_t pf;
};

static inline int lock_init(struct lock *lock)
{
	ck_pflock_init(&lock->pf);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	ck_pflock_write_lock(&lock->pf);
	annotate_acquire(lock);
}

static inline void lock_release(struct lock *lock)
{
	annotate_release(lock);
	ck_pflock_write_unlock(&lock->pf);
}

#endif
