/* SPDX-License-Identifier: MIT */
/* The kernel's spinlock. */
#ifndef LOCK_KERNEL_SPINLOCK_H
#define LOCK_KERNEL_SPINLOCK_H

#include <linux/spinlock.h>

struct lock {
	spinlock_t spin;
};

static inline int lock_init(struct lock *lock)
{
	spin_lock_init(&lock->spin);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	spin_lock(&lock->spin);
}

static inline void lock_release(struct lock *lock)
{
	spin_unlock(&lock->spin);
}

/* Returns whether any thread holds the lock. Without lockdep, the holder is unknown. */
static inline bool lock_is_taken(const struct lock *lock)
{
#ifdef CONFIG_LOCKDEP
	return lockdep_is_held(&lock->spin);
#else
	return spin_is_locked((spinlock_t *)&lock->spin);
#endif
}

#endif
