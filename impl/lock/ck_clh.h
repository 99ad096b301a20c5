/* SPDX-License-Identifier: MIT */
/*
 * Concurrency Kit's CLH lock. Each waiter spins on its predecessor's node, and takes that node over
 * on release. So nodes move between threads. One node is allocated for each lock, and each thread
 * allocates one for each lock that it holds at once. When a thread ends, it frees the nodes that it
 * has at that time.
 */
#ifndef LOCK_CK_CLH_H
#define LOCK_CK_CLH_H

#include <assert.h>
#include <ck_spinlock.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "annotate.h"

enum { LOCKS_HELD_MAX = 4 };

struct lock {
	ck_spinlock_clh_t *tail;
	ck_spinlock_clh_t *node; /* the holder's node; only the holder reads or writes it */
};

/* The nodes that a thread can use for its next locks. */
struct lock_nodes {
	ck_spinlock_clh_t *free[LOCKS_HELD_MAX];
	unsigned int n;
};

static _Thread_local struct lock_nodes lock_nodes;
static pthread_key_t lock_nodes_key;
static pthread_once_t lock_nodes_once = PTHREAD_ONCE_INIT;

static void lock_nodes_free(void *arg)
{
	struct lock_nodes *nodes = arg;

	while (nodes->n)
		free(nodes->free[--nodes->n]);
}

static void lock_nodes_make_key(void)
{
	pthread_key_create(&lock_nodes_key, lock_nodes_free);
}

/* Allocates a node on a cache line of its own. Returns NULL if out of memory. */
static inline ck_spinlock_clh_t *lock_node_new(void)
{
	return aligned_alloc(CK_MD_CACHELINE, CK_MD_CACHELINE);
}

/* Allocates a thread's node for its next lock. Not inlined, because it runs only at first
 * acquisitions. */
static __attribute__((noinline)) ck_spinlock_clh_t *lock_node_first(void)
{
	ck_spinlock_clh_t *node = lock_node_new();

	pthread_setspecific(lock_nodes_key, &lock_nodes);
	if (!node)
		abort(); /* lock_acquire() cannot report an error */
	return node;
}

static inline int lock_init(struct lock *lock)
{
	ck_spinlock_clh_t *unowned = lock_node_new();

	if (!unowned)
		return -ENOMEM;
	pthread_once(&lock_nodes_once, lock_nodes_make_key);
	ck_spinlock_clh_init(&lock->tail, unowned);
	return 0;
}

static inline void lock_destroy(struct lock *lock)
{
	free(lock->tail);
}

static inline void lock_acquire(struct lock *lock)
{
	ck_spinlock_clh_t *node =
	    lock_nodes.n ? lock_nodes.free[--lock_nodes.n] : lock_node_first();

	ck_spinlock_clh_lock(&lock->tail, node);
	annotate_acquire(lock);
	lock->node = node;
}

static inline void lock_release(struct lock *lock)
{
	ck_spinlock_clh_t *node;

	annotate_unseen_begin();
	node = lock->node;
	annotate_unseen_end();
	annotate_release(lock);
	annotate_unseen_begin(); /* the library reads the node that it hands over */
	ck_spinlock_clh_unlock(&node);
	annotate_unseen_end();
	/* This thread now owns its predecessor's node. */
	assert(lock_nodes.n < LOCKS_HELD_MAX);
	lock_nodes.free[lock_nodes.n++] = node;
}

#endif
