/* SPDX-License-Identifier: MIT */
/*
 * What an explored program may do, each a step that the scheduler sees. The stand-ins for
 * <stdatomic.h>, the lock and the reclamation adapters call these; outside of an exploration they
 * act at once.
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

uint64_t explore_load(
    const struct source_location *site, const volatile void *p, unsigned int size, int order);
void explore_store(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t value, int order);
uint64_t explore_rmw(const struct source_location *site, volatile void *p, unsigned int size,
    enum rmw op, uint64_t operand, int order);
bool explore_cas(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t *expected, uint64_t desired, int success, int failure, bool weak);
void explore_fence(const struct source_location *site, int order);

/* What pthread and <semaphore.h> promise, in the memory that those would have. */
void explore_read_lock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_write_lock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_rwlock_unlock(const struct source_location *site, pthread_rwlock_t *lock);
void explore_sem_init(sem_t *sem, unsigned int value);
void explore_sem_post(const struct source_location *site, sem_t *sem);
void explore_sem_wait(const struct source_location *site, sem_t *sem);

/* In a loop that waits: another turn of it shows something only when what was loaded last is
 * something else. */
void explore_yield(const struct source_location *site);

/* Of `n` tries, how many there are: two show what a repetition does, and each more multiplies the
 * executions. All, where nothing is explored. */
int explore_tries(int n);

/* As large as the one it stands for, so that what lies behind it is on the same cache line. */
struct lock {
	union {
		uintptr_t holder; /* thread + 1; 0: free */
		pthread_mutex_t stood_for;
	};
};

void explore_lock_init(const struct source_location *site, struct lock *lock);
void explore_lock(const struct source_location *site, struct lock *lock);
void explore_unlock(const struct source_location *site, struct lock *lock);

/* The same of a lock that no other thread takes: only its order is looked at, it is no step. */
void explore_lock_alone(const struct source_location *site, struct lock *lock);
void explore_unlock_alone(const struct source_location *site, struct lock *lock);

/* The driver core's lock of a device, by who is not the driver core. */
struct device;
void explore_device_lock(const struct source_location *site, const struct device *dev);
void explore_device_unlock(const struct source_location *site, const struct device *dev);

/* What is not held is reported: see harness/check/lockorder.h. */
void explore_assert_held(const struct source_location *site, const struct lock *lock);
void explore_device_lock_assert(const struct source_location *site, const struct device *dev);

/* The group's list is looked at, or changed: that has to be ordered, as all plain accesses have. */
void explore_list(const struct source_location *site, bool changes);

/* Every other thread passes a full fence at some moment during the call. */
void explore_membarrier(const struct source_location *site);

/* Read-side sections and the wait for all those that were open when it began. */
void explore_section_enter(const struct source_location *site);
void explore_section_leave(const struct source_location *site);
void explore_section_wait(const struct source_location *site);

/* Memory that is restored between executions; only before the first of them. NULL where nothing is
 * explored alone: of a machine, what there is no room for is refused. */
void *explore_alloc(size_t align, size_t size);

/* It must not be used from now on, until it is handed out again or the next execution begins. */
void explore_free(const struct source_location *site, void *p, size_t size);

/* What was freed is handed out again, and holds what is at `fresh`; in an execution. */
void explore_renew(const struct source_location *site, void *p, const void *fresh, size_t size);

/* What is done outside of an exploration, as x86 does it: a sequentially consistent store is a
 * read-modify-write, an unlock a store; weaker fences are nothing. */
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

/* Is told of it, and gives the memory that is then asked for. `p`: NULL where there is none. */
struct watcher {
	void (*see)(struct watcher *watcher, enum watched what, const volatile void *p);
	void *(*alloc)(struct watcher *watcher, size_t align, size_t size); /* NULL: no room */
};

/* Shows all accesses to `watcher`, until it is NULL. Not while there is a machine. */
void explore_watch(struct watcher *watcher);

#endif
