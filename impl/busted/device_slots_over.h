/* SPDX-License-Identifier: MIT */
/*
 * device_slots over a store that acts as a full fence only on x86. The includer defines SUMMARY;
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

#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

static const struct impl_ops impl = {
    .summary = SUMMARY,
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .setup = fence_setup,
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = device_slots_use,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = device_slots_claim,
    .group_release = device_slots_release,
    .device_claim = device_slots_device_claim,
    .device_release = device_slots_device_release,
    .claimed = device_slots_claimed,
};
