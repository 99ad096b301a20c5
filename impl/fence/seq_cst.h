/* SPDX-License-Identifier: MIT */
/* A full fence on both sides, which is portable. */
#ifndef FENCE_SEQ_CST_H
#define FENCE_SEQ_CST_H

#include <stdint.h>

#include "atomics.h"

static inline int fence_setup(void)
{
	return 0;
}

static inline void fence_publish(_Atomic(uint64_t) *slot, uint64_t tag)
{
	atomic_store_explicit(slot, tag, memory_order_relaxed);
	/* seq_cst: pairs with the fence in a claim's walk. It is also an acquire fence: it pairs
	 * with the last user's release of the word, which this thread has read. */
	atomic_thread_fence(memory_order_seq_cst);
}

static inline uint64_t fence_look(_Atomic(uint64_t) *word)
{
	/* acquire: pairs with the last user's release of the word. The fence in fence_publish() has
	 * acquired it already, but ThreadSanitizer does not model fences. */
	return atomic_load_explicit(word, memory_order_acquire);
}

static inline void fence_retract(_Atomic(uint64_t) *slot)
{
	/* release: pairs with the acquire in fence_look_at_slot(). */
	atomic_store_explicit(slot, 0, memory_order_release);
	/* seq_cst: the store is visible on x86 when fence_retract() returns. A claim that begins
	 * afterwards must not find the slot taken. */
	atomic_thread_fence(memory_order_seq_cst);
}

/* Does nothing: fence_publish() and fence_retract() have executed fences. */
static inline void fence_guarded(void)
{
}

static inline void fence_heavy(void)
{
	/* release: pairs with the fence in fence_publish(), for device_slots_unguarded. */
	atomic_thread_fence(memory_order_release);
}

static inline uint64_t fence_look_at_slot(_Atomic(uint64_t) *slot)
{
	/* acquire: pairs with the release in fence_retract(). */
	return atomic_load_explicit(slot, memory_order_acquire);
}

#endif
