/* SPDX-License-Identifier: MIT */
/* Reader-writer locks and semaphores: a word in the memory that they would have. */
#include <string.h>

#include "harness/explore/machine.h"

static void rwlock_take(const struct site *site, pthread_rwlock_t *lock, enum access_kind kind)
{
	struct machine *m = machine_running;

	if (m)
		lockorder_wait(m->locks, (unsigned int)m->current->id, lock, site);
	machine_take(site, lock, kind);
	if (m)
		lockorder_hold(m->locks, (unsigned int)m->current->id, lock, site);
}

void explore_read_lock(const struct site *site, pthread_rwlock_t *lock)
{
	rwlock_take(site, lock, ACCESS_SHARED);
}

void explore_write_lock(const struct site *site, pthread_rwlock_t *lock)
{
	rwlock_take(site, lock, ACCESS_ALONE);
}

void explore_rwlock_unlock(const struct site *site, pthread_rwlock_t *lock)
{
	struct machine *m = machine_running;
	uint64_t word;

	memcpy(&word, lock, sizeof(word));
	if (m)
		lockorder_release(m->locks, (unsigned int)m->current->id, lock, site);
	machine_give(site, lock, word & WORD_ALONE ? ACCESS_ALONE : ACCESS_SHARED);
}

void explore_sem_init(sem_t *sem, unsigned int value)
{
	const uint64_t word = value;

	memcpy(sem, &word, sizeof(word));
}

void explore_sem_post(const struct site *site, sem_t *sem)
{
	machine_give(site, sem, ACCESS_GIVE);
}

void explore_sem_wait(const struct site *site, sem_t *sem)
{
	machine_take(site, sem, ACCESS_TAKE);
}
