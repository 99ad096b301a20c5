/* SPDX-License-Identifier: MIT */
/*
 * A reader-writer lock with trylocks only, over a library. An implementation that includes this
 * header is built once for each adapter in this folder; over the default below it keeps its plain
 * name. The explorer uses the adapter in C11 atomics, because it cannot see accesses that a library
 * makes in assembly.
 *
 * Each adapter defines:
 *	struct rwlock            the memory of one lock
 *	rwlock_init()
 *	rwlock_read_trylock()    returns true if held as a reader
 *	rwlock_read_unlock()     called by any thread, once for each reader
 *	rwlock_write_trylock()   returns true if held as the writer
 *	rwlock_write_unlock()    called by any thread
 *	rwlock_read_locked()     returns whether a reader holds it, or is about to be refused
 *
 * What earlier readers and writers did happens before what a writer does. What earlier writers did
 * happens before what a reader does.
 */
#ifndef OVER_RWLOCK
#define OVER_RWLOCK "rwlock/ck_rwlock.h"
#endif
#ifdef OWNBENCH_ATOMICS
#include "rwlock/c11.h"
#else
#include OVER_RWLOCK
#endif
