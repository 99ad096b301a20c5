/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober removes the guard by a plain store. The store can
 * still be in the store buffer when the driver is removed. The remove then reads that store, and
 * executes no fence. A later claim still reads the guard, skips the heavy fence, and finds the slot
 * taken.
 */
#define CONTROL_SUMMARY "device_slots, but a prober removes the guard by a plain store"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_C11_CLASS CLASS_EXACT
#define CONTROL_USE unguard_by_store_use
#include "device_slots.h"

static inline int unguard_by_store_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	const uint64_t before = atomic_load_explicit(word, memory_order_relaxed);
	const uint64_t tag = word_tag(before);
	uint64_t seen;
	int ret;

	if (word_owned(before))
		return -EBUSY;
	fence_publish(&device_slot(dev)->tag, tag);
	fence_guarded();
	seen = fence_look(word);
	ret = device_slots_contend(dev, tag);
	if (!ret && seen == word_as(tag, WORD_GUARDED))
		atomic_store_explicit(word, tag, memory_order_relaxed);
	return ret;
}
