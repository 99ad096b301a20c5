/* SPDX-License-Identifier: MIT */
/*
 * What explored code gets in place of its lock, reclamation and fence adapters. Macros, so that a
 * step carries the source line of the implementation and not of the adapter. The cost model
 * (harness/cost) is built over the same.
 *
 * instance.c includes this file, then the one of the family, and then the implementation's source,
 * unchanged. What that uses is replaced by kind, so that a new implementation or adapter needs no
 * edit here:
 *
 *	impl/atomics.h   includes OWNBENCH_ATOMICS, that is atomics.h here
 *	impl/lock/       any adapter is the lock below: OVER_LOCK is an empty file
 *	pthread          mutexes and reader-writer locks, and semaphores: in their own memory; a
 *	                 reader-writer lock lets anyone first
 *	sched_yield()    in a loop that waits: see explore_yield()
 *	impl/held.h      what it asserts is looked at
 *	impl/rcu/        any adapter is the sections below: OVER_RCU is an empty file, and so is
 *	                 the one that is included by its name
 *	impl/lifetime/hazard.h  lifetime/standin.h
 *	asymmetric.h     is left out by its include guard; membarrier is modelled
 *	impl/rwlock/     any.h chooses the adapter in C11 where OWNBENCH_ATOMICS is defined
 *	impl/fence/ ..   any other adapter is code like the implementation's: explored, once over
 *	                 each (impl/instances.cmake), if it uses atomics.h or what is above
 *	LIST_ of devices ownership/standin.h: the same, and the order of changes is looked at
 *	malloc()         and kin: memory of the machine
 *	OWNBENCH_EXPLORED is defined where an implementation's tables have to be small
 *
 * An implementation that includes the header of one adapter, and not any.h, needs its include guard
 * below, as pthread_mutex.h has. A library call that is none of these runs as one with the step
 * around it: what it does to memory is neither interleaved nor put back, so it needs a stand-in.
 */
#ifndef EXPLORE_STANDIN_H
#define EXPLORE_STANDIN_H

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/queue.h>

#define OWNBENCH_ATOMICS "harness/explore/atomics.h"
#ifndef OWNBENCH_COUNTED /* the cost model explores nothing */
#define OWNBENCH_EXPLORED
#endif
#include "harness/explore/hook.h"

#define LOCK_PTHREAD_MUTEX_H
#define lock_init(lock) (explore_lock_init(SOURCE_LOCATION(#lock), (lock)), 0)
#define lock_destroy(lock) ((void)(lock))
#define lock_acquire(lock) explore_lock(SOURCE_LOCATION("lock"), (lock))
#define lock_release(lock) explore_unlock(SOURCE_LOCATION("unlock"), (lock))

#define IMPL_HELD_H
#define lockdep_assert_held(lock) \
	explore_assert_held(SOURCE_LOCATION("lockdep_assert_held"), (lock))

/* rcu/any.h includes OVER_RCU (and a lock/any.h OVER_LOCK): an empty file, as all is here. */
#define RCU_CK_EPOCH_H
#define RCU_URCU_MEMB_H
#define RCU_URCU_QSBR_H
#define OVER_RCU "harness/explore/readers.h"
#define OVER_LOCK "harness/explore/readers.h"
#define reader_enter() explore_section_enter(SOURCE_LOCATION("enter read-side section"))
#define reader_leave() explore_section_leave(SOURCE_LOCATION("leave read-side section"))
#define readers_wait() explore_section_wait(SOURCE_LOCATION("wait for readers"))

/* The asymmetric pair: nothing on the light side, membarrier() on the heavy one. */
#define MEMBARRIER_H
#define membarrier_light() ((void)0)
#define membarrier_heavy() explore_membarrier(SOURCE_LOCATION("membarrier"))

/* Behind lock_init() and the like above, which take a struct lock: these take what it stands for.
 */
#define pthread_mutex_lock(mutex) (explore_lock(SOURCE_LOCATION("lock"), (struct lock *)(mutex)), 0)
#define pthread_mutex_unlock(mutex) \
	(explore_unlock(SOURCE_LOCATION("unlock"), (struct lock *)(mutex)), 0)

/* Zero as all of an implementation's state: no writer, and no readers. */
#define pthread_rwlock_init(rwlock, attr) ((void)(rwlock), (void)(attr), 0)
#define pthread_rwlock_destroy(rwlock) ((void)(rwlock), 0)
#define pthread_rwlock_rdlock(rwlock) (explore_read_lock(SOURCE_LOCATION("read lock"), (rwlock)), 0)
#define pthread_rwlock_wrlock(rwlock) \
	(explore_write_lock(SOURCE_LOCATION("write lock"), (rwlock)), 0)
#define pthread_rwlock_unlock(rwlock) \
	(explore_rwlock_unlock(SOURCE_LOCATION("unlock"), (rwlock)), 0)

#define sem_init(sem, shared, value) (explore_sem_init((sem), (value)), (void)(shared), 0)
#define sem_destroy(sem) ((void)(sem), 0)
#define sem_post(sem) (explore_sem_post(SOURCE_LOCATION("post"), (sem)), 0)
#define sem_wait(sem) (explore_sem_wait(SOURCE_LOCATION("wait"), (sem)), 0)

#define sched_yield() (explore_yield(SOURCE_LOCATION("yield")), 0)

static inline int explore_nothing(void)
{
	return 0;
}

static inline void explore_nothing_at_all(void)
{
}

#define membarrier_setup explore_nothing
#define readers_setup explore_nothing
#define readers_thread_register explore_nothing
#define readers_thread_unregister explore_nothing_at_all
#define readers_quiescent explore_nothing_at_all
#define readers_offline explore_nothing_at_all
#define readers_online explore_nothing_at_all

/* Memory that an implementation allocates is restored between executions like its state. */
#define malloc(size) explore_alloc(_Alignof(max_align_t), (size))
#define calloc(n, size) explore_alloc(_Alignof(max_align_t), (n) * (size))
#define aligned_alloc(align, size) explore_alloc((align), (size))
#define free(p) ((void)(p))

#endif
