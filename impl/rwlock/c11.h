/* SPDX-License-Identifier: MIT */
/* A reader-writer lock built from C11 atomics: a writer's flag and a count of readers, as in
 * Concurrency Kit's ck_rwlock. */
#ifndef RWLOCK_C11_H
#define RWLOCK_C11_H

#include <stdbool.h>

#include "atomics.h"

struct rwlock {
	_Atomic(unsigned int) writer;
	_Atomic(unsigned int) readers;
};

static inline void rwlock_init(struct rwlock *lock)
{
	atomic_init(&lock->writer, 0);
	atomic_init(&lock->readers, 0);
}

static inline void rwlock_read_unlock(struct rwlock *lock)
{
	/* release: pairs with the load of `readers` in rwlock_write_trylock(). */
	atomic_fetch_sub_explicit(&lock->readers, 1, memory_order_release);
}

static inline bool rwlock_read_trylock(struct rwlock *lock)
{
	if (atomic_load_explicit(&lock->writer, memory_order_relaxed))
		return false;
	/* seq_cst, here and in rwlock_write_trylock(): each side stores its own word and then loads
	 * the other's, so at least one of them sees the other. The load of `writer` also acquires:
	 * it pairs with the release in rwlock_write_unlock(). */
	atomic_fetch_add_explicit(&lock->readers, 1, memory_order_seq_cst);
	if (!atomic_load_explicit(&lock->writer, memory_order_seq_cst))
		return true;
	rwlock_read_unlock(lock);
	return false;
}

static inline void rwlock_write_unlock(struct rwlock *lock)
{
	/* release: pairs with the load of `writer` in rwlock_read_trylock(). */
	atomic_store_explicit(&lock->writer, 0, memory_order_release);
}

static inline bool rwlock_write_trylock(struct rwlock *lock)
{
	/* seq_cst, both: see rwlock_read_trylock(). Both also acquire: the exchange pairs with the
	 * last rwlock_write_unlock(), and the load with every rwlock_read_unlock(), because only
	 * read-modify-writes change `readers`. */
	if (atomic_exchange_explicit(&lock->writer, 1, memory_order_seq_cst))
		return false;
	if (!atomic_load_explicit(&lock->readers, memory_order_seq_cst))
		return true;
	rwlock_write_unlock(lock);
	return false;
}

static inline bool rwlock_read_locked(struct rwlock *lock)
{
	return atomic_load_explicit(&lock->readers, memory_order_relaxed) != 0;
}

#endif
