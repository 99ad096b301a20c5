/* SPDX-License-Identifier: MIT */
/*
 * Replaces the lock, reclamation and fence adapters in explored code. These are macros, so that a
 * step has the source line of the implementation and not of the adapter. The cost model
 * (harness/cost) uses this file too.
 *
 * instance.c includes this file, then the family's standin.h, and then the unchanged source of the
 * implementation. Adapters are replaced by whole directories, so that a new implementation or
 * adapter needs no edit here:
 *
 *	impl/atomics.h   includes OWNBENCH_ATOMICS, which is atomics.h of this directory
 *	impl/lock/       every adapter becomes the lock below: OVER_LOCK is an empty file, and the
 *	                 build defines the include guards of the adapters
 *	pthread          mutexes, spinlocks, reader-writer locks and semaphores are modelled, with
 *	                 their state in their own memory; a free reader-writer lock goes to any
 *	                 waiter
 *	sched_yield()    may be called only in a waiting loop, see explore_yield()
 *	impl/held.h      its assertions are checked against the modelled locks
 *	impl/rcu/        every adapter becomes the sections below, in the same way
 *	impl/lifetime/hazard.h  is replaced by lifetime/standin.h
 *	asymmetric.h     is skipped, because its include guard is defined; membarrier is modelled
 *	impl/rwlock/     any.h chooses the C11 adapter if OWNBENCH_ATOMICS is defined
 *	impl/fence/ ..   any other adapter is explored like the implementation, if it uses atomics.h
 *	                 or the above; the implementation is built once with each
 *	                 (impl/instances.cmake)
 *	LIST_*()         for devices, are replaced by ownership/standin.h, which also checks that
 *	                 happens-before orders changes of the list
 *	malloc() etc.    allocate the machine's memory
 *	OWNBENCH_EXPLORED is defined, so that implementations can make their tables small
 *
 * Any other library function runs as part of a step: its effects on memory are neither interleaved
 * nor restored. So a function that affects shared memory must be replaced here. The build leaves
 *out implementations that call such a function (OWNBENCH_UNSEEN in impl/instances.cmake).
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
#ifndef OWNBENCH_COUNTED /* the cost model includes this file, but explores nothing */
#define OWNBENCH_EXPLORED
#endif
#include "harness/explore/hook.h"

#define lock_init(lock) (explore_lock_init(SOURCE_LOCATION(#lock), (lock)), 0)
#define lock_destroy(lock) ((void)(lock))
#define lock_acquire(lock) explore_lock(SOURCE_LOCATION("lock"), (lock))
#define lock_release(lock) explore_unlock(SOURCE_LOCATION("unlock"), (lock))

#define IMPL_HELD_H
#define lockdep_assert_held(lock) \
	explore_assert_held(SOURCE_LOCATION("lockdep_assert_held"), (lock))

/* rcu/any.h includes OVER_RCU, and lock/any.h includes OVER_LOCK. Both are an empty file here,
 * because this file defines what they would. */
#define OVER_RCU "harness/explore/readers.h"
#define OVER_LOCK "harness/explore/readers.h"
#define reader_enter() explore_section_enter(SOURCE_LOCATION("enter read-side section"))
#define reader_leave() explore_section_leave(SOURCE_LOCATION("leave read-side section"))
#define readers_wait() explore_section_wait(SOURCE_LOCATION("wait for readers"))

/* An asymmetric fence: its light side does nothing, and its heavy side is membarrier(). */
#define MEMBARRIER_H
#define membarrier_light() ((void)0)
#define membarrier_heavy() explore_membarrier(SOURCE_LOCATION("membarrier"))

/* The argument of these macros is a pthread_mutex_t, which is used as a struct lock. Both have the
 * same size. */
#define pthread_mutex_lock(mutex) (explore_lock(SOURCE_LOCATION("lock"), (struct lock *)(mutex)), 0)
#define pthread_mutex_unlock(mutex) \
	(explore_unlock(SOURCE_LOCATION("unlock"), (struct lock *)(mutex)), 0)

#define pthread_spin_init(lock, shared) \
	(explore_spin_init(SOURCE_LOCATION(#lock), (lock)), (void)(shared), 0)
#define pthread_spin_destroy(lock) ((void)(lock), 0)
#define pthread_spin_lock(lock) (explore_spin_lock(SOURCE_LOCATION("lock"), (lock)), 0)
#define pthread_spin_unlock(lock) (explore_spin_unlock(SOURCE_LOCATION("unlock"), (lock)), 0)

/* Stores nothing: the state of an implementation is zeroed at the start, and zero means that
 * neither a writer nor a reader holds the lock. */
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

/* Memory that an implementation allocates is part of its state, which each execution restores. */
#define malloc(size) explore_alloc(_Alignof(max_align_t), (size))
#define calloc(n, size) explore_alloc(_Alignof(max_align_t), (n) * (size))
#define aligned_alloc(align, size) explore_alloc((align), (size))
#define free(p) ((void)(p))

#endif
