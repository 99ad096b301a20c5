/* SPDX-License-Identifier: MIT */
/* The light side stores by read-modify-writes: on x86 these are as strong as a full fence, and
 * often faster. */
#ifndef FENCE_EXCHANGE_H
#define FENCE_EXCHANGE_H

#include <stdint.h>

#include "atomics.h"

static inline int fence_setup(void)
{
	return 0;
}

static inline void fence_publish(_Atomic(uint64_t) *slot, uint64_t tag)
{
	/* seq_cst: pairs with fence_heavy() and the load in fence_look_at_slot(). */
	atomic_exchange_explicit(slot, tag, memory_order_seq_cst);
}

static inline uint64_t fence_look(_Atomic(uint64_t) *word)
{
	/* seq_cst: even on weakly ordered CPUs, this load is not executed before the exchange in
	 * fence_publish(). It also acquires: it pairs with the last user's release of the word. */
	return atomic_load_explicit(word, memory_order_seq_cst);
}

static inline void fence_retract(_Atomic(uint64_t) *slot)
{
	/* release: pairs with the acquire in fence_look_at_slot(). It is an exchange, because a
	 * claim that begins after fence_retract() has returned must not find the slot taken. */
	atomic_exchange_explicit(slot, 0, memory_order_release);
}

/* Does nothing: the exchanges above have drained the store buffer. */
static inline void fence_guarded(void)
{
}

static inline void fence_heavy(void)
{
	/* release: pairs with the acquire in fence_look(), for device_slots_unguarded. */
	atomic_thread_fence(memory_order_release);
}

static inline uint64_t fence_look_at_slot(_Atomic(uint64_t) *slot)
{
	/* acquire: pairs with the release in fence_retract(). */
	return atomic_load_explicit(slot, memory_order_acquire);
}

#endif
