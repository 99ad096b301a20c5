/* SPDX-License-Identifier: MIT */
/*
 * Concurrency Kit's MCS lock. Each waiter spins on a node of its own. A thread has a few nodes, one
 * for each lock that it holds at once, as the kernel's qspinlock has a few for each CPU.
 */
#ifndef LOCK_CK_MCS_H
#define LOCK_CK_MCS_H

#include <assert.h>
#include <ck_spinlock.h>

#include "annotate.h"

enum { LOCKS_HELD_MAX = 4 };

struct lock {
	ck_spinlock_mcs_t tail;
	ck_spinlock_mcs_context_t *node; /* the holder's node; only the holder reads or writes it */
};

/* Each node has its own cache line, because the next waiter writes to it. */
struct lock_node {
	_Alignas(CK_MD_CACHELINE) ck_spinlock_mcs_context_t node;
};

static _Thread_local struct lock_node lock_nodes[LOCKS_HELD_MAX];
static _Thread_local unsigned int lock_nodes_taken; /* a bit for each node in use */

static inline int lock_init(struct lock *lock)
{
	ck_spinlock_mcs_init(&lock->tail);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	(void)lock;
}

static inline void lock_acquire(struct lock *lock)
{
	int i = __builtin_ctz(~lock_nodes_taken);

	assert(i < LOCKS_HELD_MAX);
	lock_nodes_taken |= 1u << i;
	ck_spinlock_mcs_lock(&lock->tail, &lock_nodes[i].node);
	annotate_acquire(lock);
	lock->node = &lock_nodes[i].node;
}

static inline void lock_release(struct lock *lock)
{
	ck_spinlock_mcs_context_t *node;

	annotate_unseen_begin();
	node = lock->node;
	annotate_unseen_end();
	annotate_release(lock);
	ck_spinlock_mcs_unlock(&lock->tail, node);
	/* The successor has the lock, so no thread can reach this node any more. */
	lock_nodes_taken &= ~(1u << ((struct lock_node *)node - lock_nodes));
}

#endif
