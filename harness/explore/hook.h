/* SPDX-License-Identifier: MIT */
/*
 * Operations of an explored program; each is a step that the scheduler sees. The stand-ins for
 * <stdatomic.h>, the lock adapters and the reclamation adapters call these functions. Outside of an
 * execution they take effect immediately.
 */
#ifndef EXPLORE_HOOK_H
#define EXPLORE_HOOK_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/source_location.h"

enum rmw { RMW_EXCHANGE, RMW_ADD, RMW_SUB, RMW_OR, RMW_AND, RMW_XOR };

/*
 * Atomic accesses and fences. `size` is at most 8 bytes; orders are memory_order. explore_load()
 * and explore_rmw() return the value read. explore_cas() stores the value read in *expected, and
 * returns true if it wrote `desired`.
 */
uint64_t explore_load(
    const struct source_location *site, const volatile void *p, unsigned int size, int order);
void explore_store(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t value, int order);
uint64_t explore_rmw(const struct source_location *site, volatile void *p, unsigned int size,
    enum rmw op, uint64_t operand, int order);
bool explore_cas(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t *expected, uint64_t desired, int success, int failure, bool weak);
void explore_fence(const struct source_location *site, int order);

/* Reader-writer locks and semaphores with the guarantees of pthread and <semaphore.h>. Their
 * state is kept in the memory of the pthread_rwlock_t or sem_t. */
void explore_read_lock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_write_lock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_rwlock_unlock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_sem_init(sem_t *sem, unsigned int value);
void explore_sem_post(const struct source_location *site, sem_t *sem);
void explore_sem_wait(const struct source_location *site, sem_t *sem);

/* Called in a loop that waits. The thread is not scheduled until the location it accessed last can
 * give another value, since another iteration would only repeat the last one. Without this call
 * the same holds for loops that spin.h recognizes. */
void explore_yield(const struct source_location *site);

/*
 * Returns how many of `n` tries a bounded loop makes: at most 2 in an execution, because two tries
 * show the effect of a retry and each further try multiplies the executions. Outside of an
 * execution, returns `n`.
 */
int explore_tries(int n);

/* Returns the number of events after which to act: 1 in an execution, whose programs are short.
 * Outside of an execution, returns `n`. */
unsigned int explore_threshold(unsigned int n);

/* Has the size of a pthread_mutex_t, so that the members after it stay on the same cache line. */
struct lock {
	union {
		uintptr_t holder; /* number of the holding thread, plus 1; 0: free */
		pthread_mutex_t stood_for;
	};
};

void explore_lock_init(const struct source_location *site, struct lock *lock);
void explore_lock(const struct source_location *site, struct lock *lock);
void explore_unlock(const struct source_location *site, struct lock *lock);

/* A pthread spinlock. Its release is a plain store. */
void explore_spin_init(const struct source_location *site, pthread_spinlock_t *lock);
void explore_spin_lock(const struct source_location *site, pthread_spinlock_t *lock);
void explore_spin_unlock(const struct source_location *site, pthread_spinlock_t *lock);

/* Take and release a lock that no other thread of the program takes. They record the lock order
 * only and are not steps. */
void explore_lock_alone(const struct source_location *site, struct lock *lock);
void explore_unlock_alone(const struct source_location *site, struct lock *lock);

/* device_lock() and device_unlock() as called by an implementation. */
struct device;
void explore_device_lock(const struct source_location *site, const struct device *dev);
void explore_device_unlock(const struct source_location *site, const struct device *dev);

/* Report the lock if the current thread does not hold it, see harness/check/lockorder.h. */
void explore_assert_held(const struct source_location *site, const struct lock *lock);
void explore_device_lock_assert(const struct source_location *site, const struct device *dev);

/* The thread reads the group's device list or, if `changes`, modifies it. Like other conflicting
 * plain accesses, these must be ordered by happens-before. */
void explore_list(const struct source_location *site, bool changes);

/* Makes every other thread pass a full fence at some moment during the call. */
void explore_membarrier(const struct source_location *site);

/* RCU read-side critical sections, which may nest. explore_section_wait() waits for all sections
 * that were open when it was called. */
void explore_section_enter(const struct source_location *site);
void explore_section_leave(const struct source_location *site);
void explore_section_wait(const struct source_location *site);

/*
 * Allocates memory that is restored between executions. If a machine exists, may only be called in
 * setup: a later call refuses the implementation, and so does a lack of room. Without a machine,
 * returns the watcher's memory, or NULL if there is no watcher or it has no room.
 */
void *explore_alloc(size_t align, size_t size);

/* Frees memory: until explore_renew() or the next execution, any access to it is reported as a
 * use after free. */
void explore_free(const struct source_location *site, void *p, size_t size);

/* Allocates freed memory at `p` again and fills it with a copy of `fresh`. May only be called in
 * an execution. */
void explore_renew(const struct source_location *site, void *p, const void *fresh, size_t size);

/* Operations as the watcher sees them, in terms of x86: a sequentially consistent store is
 * reported as a read-modify-write; fences weaker than that are not reported. */
enum watched {
	WATCHED_LOAD,
	WATCHED_STORE,
	WATCHED_RMW,
	WATCHED_FENCE,
	WATCHED_LOCK,
	WATCHED_UNLOCK,
	WATCHED_MEMBARRIER,
	WATCHED_SECTION,
	WATCHED_GRACE_PERIOD,
};

/* Receives each operation and each plain access outside of an execution, and allocates memory for
 * explore_alloc(). `p` is NULL for operations without an address. */
struct watcher {
	void (*see)(struct watcher *watcher, enum watched what, const volatile void *p);
	void (*see_plain)(
	    struct watcher *watcher, const volatile void *p, size_t size, bool writes);
	/* Returns NULL if there is no room. */
	void *(*alloc)(struct watcher *watcher, size_t align, size_t size);
};

/* Sets the watcher that receives all operations; NULL: none. Must not be called while a machine
 * exists. */
void explore_watch(struct watcher *watcher);

#endif
