/* SPDX-License-Identifier: MIT */
/* The kernel's mutex. In the module this header replaces lock/pthread_mutex.h, so it has the same
 * include guard. */
#ifndef LOCK_PTHREAD_MUTEX_H
#define LOCK_PTHREAD_MUTEX_H

#include <linux/mutex.h>

struct lock {
	struct mutex mutex;
};

static inline int lock_init(struct lock *lock)
{
	mutex_init(&lock->mutex);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	mutex_destroy(&lock->mutex);
}

static inline void lock_acquire(struct lock *lock)
{
	mutex_lock(&lock->mutex);
}

static inline void lock_release(struct lock *lock)
{
	mutex_unlock(&lock->mutex);
}

/* Returns whether any thread holds the lock. Without lockdep, the holder is unknown. */
static inline bool lock_is_taken(const struct lock *lock)
{
#ifdef CONFIG_LOCKDEP
	return lockdep_is_held(&lock->mutex);
#else
	return mutex_is_locked((struct mutex *)&lock->mutex);
#endif
}

#endif
