/* SPDX-License-Identifier: MIT */
/*
 * The lock, over a library. An implementation that includes this header is built once for every
 * adapter in this folder and listed as `name<adapter>`; OVER_LOCK names the adapter. The one named
 * here is the nearest to the kernel's mutex: over it the implementation keeps its plain name.
 *
 * Each adapter gives:
 *	struct lock                     its memory: one for each lock
 *	lock_init()                     0 or a negative errno; lock_destroy() undoes it, nobody
 *	                                holding or awaiting the lock
 *	lock_acquire(), lock_release()  by the same thread; a thread may hold several locks, and may
 *	                                release them in any order
 *	LOCK_RELEASE_DRAINS             defined if every lock_release() has a read-modify-write, so
 *	                                that x86 has executed all stores when it returns; otherwise
 *	                                it may be a plain store, which the store buffer holds back
 *
 * Not here is ck_hclh: its lock() reads the cluster from the node at its queue's tail, whose thread
 * may since have taken that node to another lock. Nodes would have to belong to one lock and one
 * cluster, for every thread.
 */
#ifndef OVER_LOCK
#define OVER_LOCK "lock/pthread_mutex.h"
#endif
#include OVER_LOCK
