/* SPDX-License-Identifier: MIT */
/*
 * A model of the kernel's lockdep: records the order in which locks are acquired, and checks
 * assertions that a lock is held. A cycle is reported as soon as each of its locks has been
 * requested while the previous one was held. This may have happened in different executions and
 * threads, and needs no deadlock.
 *
 * As in lockdep, locks that are initialized at the same source line form a class. An order between
 * two locks of different classes counts for all locks of these classes. Within a class, each pair
 * of locks has its own order, because the driver core routinely nests device_lock() from the root
 * of the device tree down.
 *
 * The caller serializes all calls. No function allocates memory, so a struct lockorder can be
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
	LOCKORDER_HELD = 16,   /* maximum number of locks that a thread holds at once */
	LOCKORDER_EDGES = 512, /* ordered pairs of locks */
	LOCKORDER_REPORTS = 4, /* maximum number of reports; further ones are dropped */
	LOCKORDER_NONE = 255,  /* no lock */
};

enum lockorder_fault {
	LOCKORDER_CIRCLE = 1 << 0,   /* a cycle: threads that take these locks can deadlock */
	LOCKORDER_NOT_HELD = 1 << 1, /* a lock was not held at its release or assertion */
	LOCKORDER_KEPT = 1 << 2,     /* an operation returned without releasing a lock */
};

/* The acquisition or release of a lock by a thread, or an assertion that it is held. */
struct lock_use {
	/* NULL: outside of operations, as in the driver core. */
	const struct source_location *operation;
	const struct source_location *at; /* the call that acquires, releases or asserts */
	uint8_t thread, lock;
	struct calltrace trace; /* empty if the thread's stack is unknown */
};

/* `wanted` was requested while `held` was held. In a LOCKORDER_NOT_HELD report, held.lock may be
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
	/* Where the lock is initialized. class->what is the lock's name. */
	const struct source_location *class;
	/* Index of the lock within its class, in the order of initialization. */
	uint8_t index;
};

struct lock_thread {
	const void *stack_end; /* NULL: unknown */
	const struct source_location *operation;
	unsigned int nr_held, held_before; /* locks held: now, and when the operation began */
	struct lock_use held[LOCKORDER_HELD];
};

struct lockorder {
	unsigned int nr_locks, nr_edges, nr_reports;
	unsigned int faults;     /* mask of enum lockorder_fault: all executions */
	unsigned int faults_now; /* mask of LOCKORDER_NOT_HELD and _KEPT: this execution */
	bool full;               /* a table overflowed: faults may have been missed */
	struct lock_node locks[LOCKORDER_LOCKS];
	/* For each lock: mask of the locks that were requested while it was held, in all executions
	 * and in this one. */
	uint64_t after[LOCKORDER_LOCKS];
	uint64_t after_now[LOCKORDER_LOCKS];
	struct lock_edge edges[LOCKORDER_EDGES];
	struct lock_report reports[LOCKORDER_REPORTS];
	struct lock_thread threads[LOCKORDER_THREADS];
};

/* Starts a new execution, in which no thread holds a lock. Keeps orders and reports. A zeroed
 * struct lockorder is valid, and empty. */
void lockorder_restart(struct lockorder *order);

/* Sets the end of the thread's stack, so that reports contain call traces. From then on, only the
 * thread itself may call the functions below for this thread. */
void lockorder_stack(struct lockorder *order, unsigned int thread, const void *end);

/* Records where a lock is initialized, which determines its class. If this is not recorded, the
 * lock's first use determines its class. */
void lockorder_init(struct lockorder *order, const void *lock, const struct source_location *class);

/* lockorder_wait() records that the thread requests a lock, and lockorder_hold() that it holds the
 * lock. For a trylock, call only lockorder_hold(). */
void lockorder_wait(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);
void lockorder_hold(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);
void lockorder_release(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);

void lockorder_assert_held(struct lockorder *order, unsigned int thread, const void *lock,
    const struct source_location *at);

/* Call these before and after an operation. Operations do not nest. */
void lockorder_enter(
    struct lockorder *order, unsigned int thread, const struct source_location *operation);
void lockorder_leave(struct lockorder *order, unsigned int thread);

/* Returns a mask of enum lockorder_fault: the faults that this execution alone shows. */
unsigned int lockorder_faults_now(const struct lockorder *order);

/* Adds the lock orders and reports of another process that ran the same code. Locks match by class
 * and index, since addresses differ. */
void lockorder_merge(struct lockorder *into, const struct lockorder *from);

/* Prints each report, with the source line and call trace of each lock. */
void lockorder_print(FILE *out, const struct lockorder *order);

#endif
