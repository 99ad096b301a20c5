/* SPDX-License-Identifier: MIT */
/*
 * device_slots over a store that acts as a full fence only on x86. The includer defines
 * CONTROL_SUMMARY;
 * PUBLISH(slot, tag), which stores the slot and takes the place of a full fence; and LOOK, the
 * memory order of the load that follows it.
 */
#include <stdint.h>

#include "atomics.h"

#define OVER_FENCE "atomics.h" /* includes nothing new: this header defines the adapter itself */

static inline int fence_setup(void)
{
	return 0;
}

static inline void fence_publish(_Atomic(uint64_t) *slot, uint64_t tag)
{
	PUBLISH(slot, tag);
}

static inline uint64_t fence_look(_Atomic(uint64_t) *word)
{
	return atomic_load_explicit(word, LOOK);
}

static inline void fence_retract(_Atomic(uint64_t) *slot)
{
	/* release: pairs with the acquire in fence_look_at_slot(). */
	atomic_exchange_explicit(slot, 0, memory_order_release);
}

static inline void fence_guarded(void)
{
}

static inline void fence_heavy(void)
{
	/* seq_cst: PUBLISH() has no fence that pairs with this one, which is the fault. */
	atomic_thread_fence(memory_order_seq_cst);
}

static inline uint64_t fence_look_at_slot(_Atomic(uint64_t) *slot)
{
	/* acquire: pairs with the release in fence_retract(). */
	return atomic_load_explicit(slot, memory_order_acquire);
}

#define CONTROL_CLASS CLASS_UNSAFE
#include "device_slots.h"
