/* SPDX-License-Identifier: MIT */
/*
 * A model of the kernel's lockdep: the order in which locks are acquired, and assertions that a
 * lock is held. A cycle is reported once each of its locks has been requested with the previous one
 * held, in any executions, by any threads. No deadlock has to happen.
 *
 * Locks that are initialized at one place in the source form a class, as in lockdep. If locks of
 * two classes are nested, their order counts for all locks of these classes. Within a class, the
 * order counts for each pair of locks separately, because the driver core nests device_lock() all
 * the time, from the root of the tree down.
 *
 * The caller serializes all calls. No function allocates memory, so a struct lockorder may be
 * copied, or shared with a forked process.
 */
#ifndef HARNESS_CHECK_LOCKORDER_H
#define HARNESS_CHECK_LOCKORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/check/calltrace.h"
#include "harness/source_location.h"

enum {
	LOCKORDER_THREADS = 8,
	LOCKORDER_LOCKS = 64,
	LOCKORDER_HELD = 16,   /* locks held by one thread at once */
	LOCKORDER_EDGES = 512, /* ordered pairs of locks */
	LOCKORDER_REPORTS = 4, /* reports that are kept; further ones are dropped */
	LOCKORDER_NONE = 255,  /* no lock */
};

enum lockorder_fault {
	LOCKORDER_CIRCLE = 1 << 0,   /* a cycle: locks that can wait for each other */
	LOCKORDER_NOT_HELD = 1 << 1, /* a lock was not held where it has to be */
	LOCKORDER_KEPT = 1 << 2,     /* an operation returned without releasing a lock */
};

/* An acquisition of a lock by a thread, or an assertion that it is held. */
struct lock_use {
	const struct source_location
	    *operation; /* NULL: outside of any operation, as in the driver core */
	const struct source_location *at; /* the call that acquires or asserts */
	uint8_t thread, lock;
	struct calltrace trace; /* call trace; empty if the stack is unknown */
};

/* `wanted` was requested with `held` held. In a report of NOT_HELD, held.lock may be
 * LOCKORDER_NONE. */
struct lock_edge {
	struct lock_use held, wanted;
};

struct lock_report {
	enum lockorder_fault fault;
	unsigned int n;
	struct lock_edge edges[LOCKORDER_LOCKS];
};

struct lock_node {
	const void *lock;
	/* Where the lock is initialized; class->what is its name. */
	const struct source_location *class;
	/* Index of the lock within its class, in the order of initialization. */
	uint8_t index;
};

struct lock_thread {
	const void *stack_end; /* NULL: unknown */
	const struct source_location *operation;
	unsigned int nr_held, held_before; /* locks held now, and when the operation began */
	struct lock_use held[LOCKORDER_HELD];
};

struct lockorder {
	unsigned int nr_locks, nr_edges, nr_reports;
	unsigned int faults;     /* mask of enum lockorder_fault, in all executions */
	unsigned int faults_now; /* NOT_HELD and KEPT in this execution */
	bool full;               /* the tables overflowed: the result is incomplete */
	struct lock_node locks[LOCKORDER_LOCKS];
	/* Bit masks, indexed by lock: the locks requested while this lock was held, in all
	 * executions and in the current one. */
	uint64_t after[LOCKORDER_LOCKS];
	uint64_t after_now[LOCKORDER_LOCKS];
	struct lock_edge edges[LOCKORDER_EDGES];
	struct lock_report reports[LOCKORDER_REPORTS];
	struct lock_thread threads[LOCKORDER_THREADS];
};

/* Starts a new execution: no thread holds a lock; orders and reports are kept. A zeroed struct
 * lockorder is an empty one. */
void lockorder_restart(struct lockorder *order);

/* Sets the end of the thread's stack, so that reports have call traces. The following functions
 * must then be called by the thread itself. Valid until it is set again. */
void lockorder_stack(struct lockorder *order, unsigned int thread, const void *end);

/* Records where a lock is initialized. If that is never recorded, the lock's first use determines
 * its class. */
void lockorder_init(struct lockorder *order, const void *lock, const struct source_location *class);

/* Records that the thread requests a lock, and then that it holds it. A trylock calls only
 * lockorder_hold(). */
void lockorder_wait(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);
void lockorder_hold(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);
void lockorder_release(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);

void lockorder_assert_held(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);

/* Called before and after an operation. Operations do not nest. */
void lockorder_enter(
    struct lockorder *order, unsigned int thread, const struct source_location *operation);
void lockorder_leave(struct lockorder *order, unsigned int thread);

/* Returns the mask of enum lockorder_fault that this execution shows by itself. */
unsigned int lockorder_faults_now(const struct lockorder *order);

/* Adds the lock orders and reports of another process that ran the same code. Locks are matched by
 * class and index. */
void lockorder_merge(struct lockorder *into, const struct lockorder *from);

/* Prints each report, with the source line and call trace of each lock. */
void lockorder_print(FILE *out, const struct lockorder *order);

#endif
