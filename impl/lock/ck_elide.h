/* SPDX-License-Identifier: MIT */
/*
 * Concurrency Kit's lock elision over its fetch-and-store spinlock. The critical section runs as a
 * hardware transaction; after conflicts, the thread takes the lock. This needs restricted
 * transactional memory, which only some Intel CPUs have, and which is disabled on most of them. On
 * all other CPUs the lock is just the spinlock.
 */
#ifndef LOCK_CK_ELIDE_H
#define LOCK_CK_ELIDE_H

#if defined(__x86_64__) && !defined(CK_MD_RTM_ENABLE)
#define CK_MD_RTM_ENABLE /* compiles the instructions; lock_can_elide() checks the CPU */
#endif
#include <ck_elide.h>
#include <ck_spinlock.h>

#include "annotate.h"

#ifdef CK_F_PR_RTM
#include <cpuid.h>
#endif

struct lock {
	ck_spinlock_fas_t spin;
	bool elide;
};

CK_ELIDE_PROTOTYPE(lock, ck_spinlock_fas_t, ck_spinlock_fas_locked, ck_spinlock_fas_lock,
    ck_spinlock_fas_locked, ck_spinlock_fas_unlock)

/* This thread's elision statistics, from which Concurrency Kit decides when to stop eliding for a
 * while. */
static _Thread_local ck_elide_stat_t lock_elided;

static inline bool lock_can_elide(void)
{
#ifdef CK_F_PR_RTM
	unsigned int a, b, c, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_RTM);
#else
	return false;
#endif
}

static inline int lock_init(struct lock *lock)
{
	ck_spinlock_fas_init(&lock->spin);
	lock->elide = lock_can_elide();
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	struct ck_elide_config config = CK_ELIDE_CONFIG_DEFAULT_INITIALIZER;

	if (lock->elide)
		CK_ELIDE_LOCK_ADAPTIVE(lock, &lock_elided, &config, &lock->spin);
	else
		ck_spinlock_fas_lock(&lock->spin);
	annotate_acquire(lock);
}

static inline void lock_release(struct lock *lock)
{
	annotate_release(lock);
	if (lock->elide)
		CK_ELIDE_UNLOCK_ADAPTIVE(lock, &lock_elided, &lock->spin);
	else
		ck_spinlock_fas_unlock(&lock->spin);
}

#endif
