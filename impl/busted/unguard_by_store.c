/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober makes the group use slots again by a plain store.
 * The store erases the count of another prober that has counted itself in the word meanwhile, or a
 * pending claim.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a prober widens the mode by a plain store"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_USE unguard_by_store_use
#include "device_slots.h"

static inline int unguard_by_store_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	const uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	const int ret = device_slots_use(dev);

	if (!ret && mode_of(seen) == SHARDED)
		atomic_store_explicit(word, word_as(seen, SLOTS) | WIDE, memory_order_relaxed);
	return ret;
}
