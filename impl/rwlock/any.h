/* SPDX-License-Identifier: MIT */
/*
 * A reader-writer lock that nobody waits for, over a library. An implementation that includes this
 * header is built once for every adapter in this folder; over the one named here it keeps its plain
 * name. A checker that makes every access a scheduling point does not see what a library has in
 * assembly, and takes the one in C11.
 *
 * Each adapter gives:
 *	struct rwlock            rwlock_init()
 *	rwlock_read_trylock()    true: held, until some thread calls rwlock_read_unlock()
 *	rwlock_write_trylock()   the same for rwlock_write_unlock()
 *	rwlock_read_locked()     some reader holds it, or is about to be refused
 * A writer comes after all that earlier readers and writers did, a reader after earlier writers.
 */
#ifndef OVER_RWLOCK
#define OVER_RWLOCK "rwlock/ck_rwlock.h"
#endif
#ifdef OWNBENCH_ATOMICS
#include "rwlock/c11.h"
#else
#include OVER_RWLOCK
#endif
