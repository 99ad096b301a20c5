/* SPDX-License-Identifier: MIT */
/* Concurrency Kit's reader-writer spinlock, through its trylocks. */
#ifndef RWLOCK_CK_RWLOCK_H
#define RWLOCK_CK_RWLOCK_H

#include <ck_rwlock.h>

#include "annotate.h"

struct rwlock {
	ck_rwlock_t rw;
};

static inline void rwlock_init(struct rwlock *lock)
{
	ck_rwlock_init(&lock->rw);
}

static inline bool rwlock_read_trylock(struct rwlock *lock)
{
	bool held = ck_rwlock_read_trylock(&lock->rw);

	if (held)
		annotate_acquire(lock);
	return held;
}

static inline void rwlock_read_unlock(struct rwlock *lock)
{
	annotate_release(lock);
	ck_rwlock_read_unlock(&lock->rw);
}

static inline bool rwlock_write_trylock(struct rwlock *lock)
{
	bool held = ck_rwlock_write_trylock(&lock->rw);

	if (held)
		annotate_acquire(lock);
	return held;
}

static inline void rwlock_write_unlock(struct rwlock *lock)
{
	annotate_release(lock);
	ck_rwlock_write_unlock(&lock->rw);
}

static inline bool rwlock_read_locked(struct rwlock *lock)
{
	return ck_rwlock_locked_reader(&lock->rw);
}

#endif
