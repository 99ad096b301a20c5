/* SPDX-License-Identifier: MIT */
/*
 * The operations of an explored program. Each is a step that the scheduler sees. The explorer's
 * replacements of <stdatomic.h>, locks and reclamation libraries call these functions. Outside of
 * an execution, they take effect immediately.
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

/* The memory orders of a compare-and-swap, and whether it may fail spuriously. */
struct cas_kind {
	uint8_t success, failure;
	bool weak;
};

struct cas_result {
	uint64_t seen; /* the value that was read */
	bool done;     /* the desired value was written */
};

/*
 * Atomic accesses and fences. `size` is at most 8 bytes; the orders are values of memory_order.
 * explore_load() and explore_rmw() return the value that they read. explore_cas() takes and returns
 * values, not a pointer to the expected one: an object whose address is taken would stay on the
 * stack when it is no longer used, and make equal states look different.
 */
uint64_t explore_load(
    const struct source_location *site, const volatile void *p, unsigned int size, int order);
void explore_store(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t value, int order);
uint64_t explore_rmw(const struct source_location *site, volatile void *p, unsigned int size,
    enum rmw op, uint64_t operand, int order);
struct cas_result explore_cas(const struct source_location *site, volatile void *p,
    unsigned int size, uint64_t expected, uint64_t desired, struct cas_kind kind);
void explore_fence(const struct source_location *site, int order);

/* Reader-writer locks and semaphores with the guarantees of <pthread.h> and <semaphore.h>. Their
 * state is stored in the pthread_rwlock_t or sem_t itself. */
void explore_read_lock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_write_lock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_rwlock_unlock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_sem_init(sem_t *sem, unsigned int value);
void explore_sem_post(const struct source_location *site, sem_t *sem);
void explore_sem_wait(const struct source_location *site, sem_t *sem);

/* Must be called in a waiting loop. The thread continues only when its last access could give
 * another value: an iteration without a new value would change nothing. spin.h detects many such
 * loops without this call. */
void explore_yield(const struct source_location *site);

/*
 * Returns the number of tries of a loop that gives up after `n` tries. In an execution this is at
 * most 2: two tries show the effect of a retry, and each further one multiplies the number of
 * executions. Outside of an execution, returns `n`.
 */
int explore_tries(int n);

/* Returns the number of events after which code must act. In an execution this is 1, because
 * explored programs are short. Outside of an execution, returns `n`. */
unsigned int explore_threshold(unsigned int n);

/* Has the size of a pthread_mutex_t, so that members after the lock are in the same cache line as
 * in the real structure. */
struct lock {
	union {
		uintptr_t holder; /* number of the thread that holds the lock, plus 1; 0: free */
		pthread_mutex_t stood_for;
	};
};

void explore_lock_init(const struct source_location *site, struct lock *lock);
void explore_lock(const struct source_location *site, struct lock *lock);
void explore_unlock(const struct source_location *site, struct lock *lock);

/* A pthread spinlock, which is released by a plain store. */
void explore_spin_init(const struct source_location *site, pthread_spinlock_t *lock);
void explore_spin_lock(const struct source_location *site, pthread_spinlock_t *lock);
void explore_spin_unlock(const struct source_location *site, pthread_spinlock_t *lock);

/* Take and release a lock that no other thread of the program uses. Only the lock order is
 * recorded; these are not steps. */
void explore_lock_alone(const struct source_location *site, struct lock *lock);
void explore_unlock_alone(const struct source_location *site, struct lock *lock);

/* device_lock() and device_unlock(), when called by an implementation. */
struct device;
void explore_device_lock(const struct source_location *site, const struct device *dev);
void explore_device_unlock(const struct source_location *site, const struct device *dev);

/* Reports a fault if the current thread does not hold the lock, see harness/check/lockorder.h. */
void explore_assert_held(const struct source_location *site, const struct lock *lock);
void explore_device_lock_assert(const struct source_location *site, const struct device *dev);

/* The thread reads the group's device list, or modifies it if `changes` is set. Conflicting
 * accesses to the list must be ordered by happens-before, like plain accesses. */
void explore_list(const struct source_location *site, bool changes);

/* Makes every other thread execute a full fence at some moment during the call. */
void explore_membarrier(const struct source_location *site);

/* RCU read-side critical sections, which may nest. explore_section_wait() waits for all sections
 * that were entered before its call. */
void explore_section_enter(const struct source_location *site);
void explore_section_leave(const struct source_location *site);
void explore_section_wait(const struct source_location *site);

/*
 * Allocates memory whose content is restored before each execution. If a machine exists, the call
 * is legal only in its setup. Otherwise, or if the machine's memory is used up, the implementation
 * is refused. Without a machine, the watcher allocates; returns NULL if there is none or it fails.
 */
void *explore_alloc(size_t align, size_t size);

/* Frees memory. Until explore_renew() or the next execution, any access to this memory is reported
 * as a use after free. */
void explore_free(const struct source_location *site, void *p, size_t size);

/* Allocates the freed memory at `p` again and fills it with a copy of `fresh`. Legal only in an
 * execution. */
void explore_renew(const struct source_location *site, void *p, const void *fresh, size_t size);

/* Operations as reported to a watcher, in terms of x86: a sequentially consistent store counts as a
 * read-modify-write, and weaker fences are not reported. */
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

/* Called for each operation and each plain access outside of an execution, and allocates memory
 * for explore_alloc(). `p` is NULL if the operation has no address. */
struct watcher {
	void (*see)(struct watcher *watcher, enum watched what, const volatile void *p);
	void (*see_plain)(
	    struct watcher *watcher, const volatile void *p, size_t size, bool writes);
	/* Returns NULL if memory is used up. */
	void *(*alloc)(struct watcher *watcher, size_t align, size_t size);
};

/* Sets the watcher; NULL: none. Must not be called while a machine exists. */
void explore_watch(struct watcher *watcher);

#endif
