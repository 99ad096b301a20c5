/* SPDX-License-Identifier: MIT */
/* Mutexes, spinlocks, reader-writer locks and semaphores. Reader-writer locks and semaphores keep
 * their state in the first 64-bit word of their memory. */
#include <stdatomic.h>
#include <string.h>

#include "harness/explore/hook_outside.h"
#include "harness/explore/hook_stack.h"
#include "harness/explore/memory.h"
#include "harness/explore/schedule.h"
#include "harness/explore/store_buffer.h"

static unsigned int current_thread(const struct machine *m)
{
	return (unsigned int)m->current->id;
}

void explore_lock_init(const struct source_location *site, struct lock *lock)
{
	lock->holder = 0;
	if (hook_context.phase == PHASE_SETUP)
		lockorder_init(hook_context.machine->locks, lock, site);
}

HOOK(explore_lock_alone);
void explore_lock_alone_body(const struct source_location *site, struct lock *lock)
{
	struct machine *m = machine_running();

	lockorder_wait(m->locks, current_thread(m), lock, site);
	lockorder_hold(m->locks, current_thread(m), lock, site);
}

HOOK(explore_unlock_alone);
void explore_unlock_alone_body(const struct source_location *site, struct lock *lock)
{
	struct machine *m = machine_running();

	lockorder_release(m->locks, current_thread(m), lock, site);
}

HOOK(explore_assert_held);
void explore_assert_held_body(const struct source_location *site, const struct lock *lock)
{
	struct machine *m = machine_running();

	if (m)
		lockorder_assert_held(m->locks, current_thread(m), lock, site);
}

/* Takes a lock. Its `size` bytes then hold the number of the thread, plus 1. */
static void take_lock(const struct source_location *site, void *lock, unsigned int size)
{
	struct machine *m = machine_running();
	struct access a;

	if (!m) {
		hook_outside(WATCHED_LOCK, lock);
		return;
	}
	lockorder_wait(m->locks, current_thread(m), lock, site);
	a = memory_access(m, site, ACCESS_LOCK, lock, size);
	a.drains = true;
	machine_step(m, a);
	memory_write(lock, size, (uint64_t)m->current->id + 1);
	lockorder_hold(m->locks, current_thread(m), lock, site);
	sync_load(&m->sync, m->current->id, a.loc, memory_order_acquire);
	machine_observe_step(m, 0);
}

/* Releases a lock. If `drains` is set, the release drains the store buffer. */
static void release_lock(
    const struct source_location *site, void *lock, unsigned int size, bool drains)
{
	struct machine *m = machine_running();
	struct access a;

	if (!m) {
		hook_outside(WATCHED_UNLOCK, lock);
		return;
	}
	a = memory_access(m, site, ACCESS_UNLOCK, lock, size);
	a.drains = drains;
	machine_step(m, a);
	lockorder_release(m->locks, current_thread(m), lock, site);
	machine_observe_step(m, 0);
	if (store_buffer_takes(m, &a)) {
		store_buffer_push(m, m->current, &a,
		    sync_released(&m->sync, m->current->id, memory_order_release));
		return;
	}
	memory_write(lock, size, 0);
	sync_store(&m->sync, a.loc, sync_released(&m->sync, m->current->id, memory_order_release));
	if (m->last[a.loc] >= 0)
		m->events[m->last[a.loc]].release = m->clocks[m->current->id];
}

HOOK(explore_lock);
void explore_lock_body(const struct source_location *site, struct lock *lock)
{
	take_lock(site, lock, sizeof(lock->holder));
}

HOOK(explore_unlock);
void explore_unlock_body(const struct source_location *site, struct lock *lock)
{
	const struct machine *m = machine_running();

	release_lock(site, lock, sizeof(lock->holder), m && !m->release_is_store);
}

void explore_spin_init(const struct source_location *site, pthread_spinlock_t *lock)
{
	*lock = 0;
	if (hook_context.phase == PHASE_SETUP)
		lockorder_init(hook_context.machine->locks, (void *)lock, site);
}

HOOK(explore_spin_lock);
void explore_spin_lock_body(const struct source_location *site, pthread_spinlock_t *lock)
{
	take_lock(site, (void *)lock, sizeof(*lock));
}

HOOK(explore_spin_unlock);
void explore_spin_unlock_body(const struct source_location *site, pthread_spinlock_t *lock)
{
	release_lock(site, (void *)lock, sizeof(*lock), false);
}

/* Returns the amount that is added to the word when the lock or semaphore is taken. */
static uint64_t taken_amount(enum access_kind kind)
{
	return kind == ACCESS_TAKE ? (uint64_t)-1 : kind == ACCESS_ALONE ? WORD_ALONE : WORD_SHARE;
}

static void take_word(const struct source_location *site, void *word, enum access_kind kind)
{
	struct machine *m = machine_running();
	struct access a;

	if (m) {
		a = memory_access(m, site, kind, word, sizeof(uint64_t));
		a.drains = true;
		machine_step(m, a);
		sync_rmw(&m->sync, m->current->id, a.loc, memory_order_acquire);
		machine_observe_step(m, 0);
	}
	memory_write(
	    word, sizeof(uint64_t), memory_read(word, sizeof(uint64_t)) + taken_amount(kind));
}

/* Stores the unlock's clock in the event that took the lock, so that later holders are ordered
 * after the unlock. */
static void keep_release(struct machine *m, uint16_t loc)
{
	int i = m->last[loc];

	while (i >= 0 && m->events[i].proc != m->current->id)
		i = m->events[i].prev;
	if (i >= 0)
		m->events[i].release = m->clocks[m->current->id];
}

/* Releases a reader-writer lock that was taken by an access of this kind, or posts a semaphore if
 * the kind is ACCESS_GIVE. */
static void give_word(const struct source_location *site, void *word, enum access_kind kind)
{
	struct machine *m = machine_running();
	const uint64_t given = kind == ACCESS_GIVE ? 1 : -taken_amount(kind);
	struct access a;

	if (m) {
		a = memory_access(m, site, kind == ACCESS_GIVE ? ACCESS_GIVE : ACCESS_UNLOCK, word,
		    sizeof(uint64_t));
		a.shared = kind == ACCESS_SHARED;
		a.drains = true;
		machine_step(m, a);
		sync_rmw(&m->sync, m->current->id, a.loc, memory_order_release);
		if (kind != ACCESS_GIVE)
			keep_release(m, a.loc);
		machine_observe_step(m, 0);
	}
	memory_write(word, sizeof(uint64_t), memory_read(word, sizeof(uint64_t)) + given);
}

static void rwlock_take(
    const struct source_location *site, pthread_rwlock_t *lock, enum access_kind kind)
{
	struct machine *m = machine_running();

	if (m)
		lockorder_wait(m->locks, current_thread(m), lock, site);
	take_word(site, lock, kind);
	if (m)
		lockorder_hold(m->locks, current_thread(m), lock, site);
}

HOOK(explore_read_lock);
void explore_read_lock_body(const struct source_location *site, pthread_rwlock_t *lock)
{
	rwlock_take(site, lock, ACCESS_SHARED);
}

HOOK(explore_write_lock);
void explore_write_lock_body(const struct source_location *site, pthread_rwlock_t *lock)
{
	rwlock_take(site, lock, ACCESS_ALONE);
}

HOOK(explore_rwlock_unlock);
void explore_rwlock_unlock_body(const struct source_location *site, pthread_rwlock_t *lock)
{
	struct machine *m = machine_running();
	uint64_t word;

	memcpy(&word, lock, sizeof(word));
	if (m)
		lockorder_release(m->locks, current_thread(m), lock, site);
	give_word(site, lock, word & WORD_ALONE ? ACCESS_ALONE : ACCESS_SHARED);
}

void explore_sem_init(sem_t *sem, unsigned int value)
{
	const uint64_t word = value;

	memcpy(sem, &word, sizeof(word));
}

HOOK(explore_sem_post);
void explore_sem_post_body(const struct source_location *site, sem_t *sem)
{
	give_word(site, sem, ACCESS_GIVE);
}

HOOK(explore_sem_wait);
void explore_sem_wait_body(const struct source_location *site, sem_t *sem)
{
	take_word(site, sem, ACCESS_TAKE);
}
