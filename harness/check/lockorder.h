/* SPDX-License-Identifier: MIT */
/*
 * The order in which locks are taken and who must hold which, after the kernel's lockdep: a circle
 * is found when each of its locks has once been waited for with the one before held, in whatever
 * executions, by whatever threads. Nobody has to hang.
 *
 * Locks that are initialised at one place in the source are a class, as in lockdep. Between two
 * classes the order counts for all their locks; within one class for each lock, as the driver
 * core's device_lock() needs it: devices are locked in each other's presence all the time, from the
 * root of the tree down.
 *
 * All is for one caller at a time. No function allocates: the whole may be copied, and shared with
 * a process that was forked.
 */
#ifndef HARNESS_CHECK_LOCKORDER_H
#define HARNESS_CHECK_LOCKORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/check/calltrace.h"
#include "harness/site.h"

enum {
	LOCKORDER_THREADS = 8,
	LOCKORDER_LOCKS = 64,
	LOCKORDER_HELD = 16,   /* by one thread at once */
	LOCKORDER_EDGES = 512, /* pairs of locks */
	LOCKORDER_REPORTS = 4, /* that are kept */
	LOCKORDER_NONE = 255,  /* no lock */
};

enum lockorder_fault {
	LOCKORDER_CIRCLE = 1 << 0,   /* locks that can wait for each other */
	LOCKORDER_NOT_HELD = 1 << 1, /* a lock that had to be held was not */
	LOCKORDER_KEPT = 1 << 2,     /* an operation returned with a lock */
};

/* A place where a thread takes a lock, or says that it must be held. */
struct lock_use {
	const struct site *operation; /* NULL: none, as in the driver core itself */
	const struct site *at;
	uint8_t thread, lock;
	struct calltrace trace; /* the calls that led there; empty where no stack is known */
};

/* `held` was held when `wanted` was asked for. Of a report of NOT_HELD `held` may have no lock. */
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
	const struct site *class; /* where it is initialised; what: its name there */
	uint8_t index;            /* in its class, in the order of initialisation */
};

struct lock_thread {
	const void *stack_end; /* NULL: not known */
	const struct site *operation;
	unsigned int nr_held, held_before; /* .. the operation */
	struct lock_use held[LOCKORDER_HELD];
};

struct lockorder {
	unsigned int nr_locks, nr_edges, nr_reports;
	unsigned int faults;     /* enum lockorder_fault, ever */
	unsigned int faults_now; /* .. in this execution: NOT_HELD and KEPT */
	bool full;               /* some lock, or order, had no room: not all was looked at */
	struct lock_node locks[LOCKORDER_LOCKS];
	uint64_t after[LOCKORDER_LOCKS];     /* those asked for with this one held, ever */
	uint64_t after_now[LOCKORDER_LOCKS]; /* .. in this execution */
	struct lock_edge edges[LOCKORDER_EDGES];
	struct lock_report reports[LOCKORDER_REPORTS];
	struct lock_thread threads[LOCKORDER_THREADS];
};

/* All zeros is an order of no lock. A new execution: nobody holds anything, all else is kept. */
void lockorder_restart(struct lockorder *order);

/* What follows is called by the thread itself, on a stack that ends there: reports then have the
 * calls that led to each lock. Kept until it is called again. */
void lockorder_stack(struct lockorder *order, unsigned int thread, const void *end);

/* A lock is initialised; one that never is has the class of its first use. */
void lockorder_init(struct lockorder *order, const void *lock, const struct site *class);

/* The thread goes on only when the lock is free; then it holds it. A trylock is but the second. */
void lockorder_wait(
    struct lockorder *order, unsigned int thread, const void *lock, const struct site *at);
void lockorder_hold(
    struct lockorder *order, unsigned int thread, const void *lock, const struct site *at);
void lockorder_release(
    struct lockorder *order, unsigned int thread, const void *lock, const struct site *at);

void lockorder_assert_held(
    struct lockorder *order, unsigned int thread, const void *lock, const struct site *at);

/* Around an operation; they do not nest. */
void lockorder_enter(struct lockorder *order, unsigned int thread, const struct site *operation);
void lockorder_leave(struct lockorder *order, unsigned int thread);

/* enum lockorder_fault: what this execution shows by itself. */
unsigned int lockorder_faults_now(const struct lockorder *order);

/* Adds what was seen elsewhere of the same code. Locks are the same by class and index. */
void lockorder_merge(struct lockorder *into, const struct lockorder *from);

/* Each report, with the place of each lock in it and the calls that led there. */
void lockorder_print(FILE *out, const struct lockorder *order);

#endif
