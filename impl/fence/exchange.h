/* SPDX-License-Identifier: MIT */
/* The light side's stores are read-modify-writes: on x86 as strong as a fence, and often faster. */
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
	/* seq_cst: pairs with the heavy side's load of the slot, behind its store of the word. */
	atomic_exchange_explicit(slot, tag, memory_order_seq_cst);
}

static inline uint64_t fence_look(_Atomic(uint64_t) *word)
{
	/* seq_cst: stays behind the exchange on weakly ordered CPUs, too; and pairs with the
	 * release of the word by the last user. */
	return atomic_load_explicit(word, memory_order_seq_cst);
}

static inline void fence_retract(_Atomic(uint64_t) *slot)
{
	/* seq_cst: pairs with the load in fence_look_at_slot(). */
	atomic_exchange_explicit(slot, 0, memory_order_seq_cst);
}

static inline void fence_heavy(void)
{
	/* seq_cst: between the store of the word and the loads of the slots. */
	atomic_thread_fence(memory_order_seq_cst);
}

static inline uint64_t fence_look_at_slot(_Atomic(uint64_t) *slot)
{
	/* seq_cst: pairs with the exchanges above. */
	return atomic_load_explicit(slot, memory_order_seq_cst);
}

#endif
