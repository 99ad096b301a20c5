/* SPDX-License-Identifier: MIT */
/*
 * Concurrency Kit's cohort lock: one spinlock for each NUMA node, and one for the whole machine. A
 * NUMA node keeps the machine's lock for up to ten hand-overs while its threads wait. On a machine
 * with one NUMA node this only adds overhead to a spinlock.
 */
#ifndef LOCK_CK_COHORT_H
#define LOCK_CK_COHORT_H

#include <ck_cohort.h>
#include <ck_spinlock.h>
#include <sched.h>

#include "annotate.h"

enum { LOCK_NODES = 4 }; /* NUMA nodes beyond the fourth share these */

static inline void lock_spin(void *spin, void *context)
{
	(void)context;
	ck_spinlock_fas_lock(spin);
	annotate_acquire(spin);
}

static inline void lock_unspin(void *spin, void *context)
{
	(void)context;
	annotate_release(spin);
	ck_spinlock_fas_unlock(spin);
}

static inline bool lock_spins(void *spin, void *context)
{
	(void)context;
	return ck_spinlock_fas_locked(spin);
}

CK_COHORT_PROTOTYPE(lock, lock_spin, lock_unspin, lock_spins, lock_spin, lock_unspin, lock_spins)

struct lock_node {
	CK_COHORT_INSTANCE(lock) cohort;
	ck_spinlock_fas_t spin;
	char pad[CK_MD_CACHELINE];
};

struct lock {
	struct lock_node nodes[LOCK_NODES];
	ck_spinlock_fas_t spin;
	struct lock_node *node; /* the holder's node; only the holder reads or writes it */
};

static inline int lock_init(struct lock *lock)
{
	ck_spinlock_fas_init(&lock->spin);
	for (int i = 0; i < LOCK_NODES; i++) {
		struct lock_node *node = &lock->nodes[i];

		ck_spinlock_fas_init(&node->spin);
		CK_COHORT_INIT(lock, &node->cohort, &lock->spin, &node->spin,
		    CK_COHORT_DEFAULT_LOCAL_PASS_LIMIT);
	}
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

/* A thread that migrates before it takes the lock uses another NUMA node's cohort, which is slower
 * but still correct. */
static inline void lock_acquire(struct lock *lock)
{
	unsigned int numa = 0;
	struct lock_node *node;

	getcpu(NULL, &numa);
	node = &lock->nodes[numa % LOCK_NODES];
	CK_COHORT_LOCK(lock, &node->cohort, NULL, NULL);
	lock->node = node;
}

static inline void lock_release(struct lock *lock)
{
	struct lock_node *node;

	annotate_unseen_begin();
	node = lock->node;
	annotate_unseen_end();
	CK_COHORT_UNLOCK(lock, &node->cohort, NULL, NULL);
}

#endif
