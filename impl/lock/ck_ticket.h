/* SPDX-License-Identifier: MIT */
/* Concurrency Kit's ticket lock: first come, first served; all waiters spin on one cache line. */
#ifndef LOCK_CK_TICKET_H
#define LOCK_CK_TICKET_H

#include <ck_spinlock.h>

#include "annotate.h"

struct lock {
	ck_spinlock_ticket_t ticket;
};

static inline int lock_init(struct lock *lock)
{
	ck_spinlock_ticket_init(&lock->ticket);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	ck_spinlock_ticket_lock(&lock->ticket);
	annotate_acquire(lock);
}

static inline void lock_release(struct lock *lock)
{
	annotate_release(lock);
	ck_spinlock_ticket_unlock(&lock->ticket);
}

#endif
