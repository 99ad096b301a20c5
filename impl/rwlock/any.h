/* SPDX-License-Identifier: MIT */
/*
 * A reader-writer lock that has only trylocks, provided by a library. An implementation that
 * includes this header is built once for each adapter in this folder. Built with the default below,
 * it keeps its plain name. The explorer uses the adapter that is built from C11 atomics, because it
 * cannot see accesses that a library makes in assembly.
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
 * The accesses of earlier readers and writers happen before a writer's. The accesses of earlier
 * writers happen before a reader's.
 */
#ifndef OVER_RWLOCK
#define OVER_RWLOCK "rwlock/ck_rwlock.h"
#endif
#ifdef OWNBENCH_ATOMICS
#include "rwlock/c11.h"
#else
#include OVER_RWLOCK
#endif
