/* SPDX-License-Identifier: MIT */
/*
 * An implementation's lock, provided by a library. An implementation that includes this header is
 * built once for each adapter in this folder and listed as `name<adapter>`; OVER_LOCK names the
 * adapter. The default below is the closest to the kernel's mutex. Built with the default, the
 * implementation keeps its plain name.
 *
 * Each adapter defines:
 *	struct lock                     the memory of one lock
 *	lock_init()                     returns 0 or a negative errno
 *	lock_destroy()                  called when no thread holds the lock or waits for it
 *	lock_acquire(), lock_release()  called by the same thread, which may hold several locks and
 *	                                release them in any order
 *	LOCK_RELEASE_DRAINS             defined if every lock_release() has a read-modify-write, so
 *	                                that x86 has executed all stores when it returns; otherwise
 *	                                it may be a plain store, which the store buffer holds back
 *
 * There is no adapter for ck_hclh, because each thread would need a node for each lock and cluster:
 * ck_hclh's lock() reads the cluster from the node at the queue's tail, and that node's thread may
 * meanwhile use the node for another lock.
 */
#ifndef OVER_LOCK
#define OVER_LOCK "lock/pthread_mutex.h"
#endif
#include OVER_LOCK
