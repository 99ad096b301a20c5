/* SPDX-License-Identifier: MIT */
/* The light side has only a compiler barrier. The heavy side makes every running thread of the
 * process execute a full fence. In the kernel, smp_call_function() does the same. */
#ifndef FENCE_ASYMMETRIC_H
#define FENCE_ASYMMETRIC_H

#include <stdint.h>

#include "asymmetric.h"
#include "atomics.h"

static inline int fence_setup(void)
{
	return membarrier_setup();
}

static inline void fence_heavy(void)
{
	membarrier_heavy();
}

static inline void fence_publish(_Atomic(uint64_t) *slot, uint64_t tag)
{
	atomic_store_explicit(slot, tag, memory_order_relaxed);
	/* Pairs with the fence that fence_heavy() makes this thread execute. */
	membarrier_light();
}

static inline uint64_t fence_look(_Atomic(uint64_t) *word)
{
	/* acquire: pairs with the last user's release of the word. */
	return atomic_load_explicit(word, memory_order_acquire);
}

static inline void fence_retract(_Atomic(uint64_t) *slot)
{
	/* release: pairs with the acquire in fence_look_at_slot(). The store may stay in the store
	 * buffer after the return: fence_heavy() drains it before a claim loads the slot. */
	atomic_store_explicit(slot, 0, memory_order_release);
	/* Pairs with the fence that fence_heavy() makes this thread execute. */
	membarrier_light();
}

static inline void fence_guarded(void)
{
	/* seq_cst: pairs with the fence between a claim's store of the word and its walk. */
	atomic_thread_fence(memory_order_seq_cst);
}

static inline uint64_t fence_look_at_slot(_Atomic(uint64_t) *slot)
{
	/* acquire: pairs with the release in fence_retract(). */
	return atomic_load_explicit(slot, memory_order_acquire);
}

#endif
