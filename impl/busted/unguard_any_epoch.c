/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a refused prober removes the guard of whichever epoch it
 * finds. A claim that loses its guard assumes that a driver is bound, and backs out. Here no driver
 * is bound, so the claim is refused without a reason.
 */
#define CONTROL_SUMMARY "device_slots, but a refused prober can remove the guard of a later epoch"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_USE unguard_any_epoch_use
#include "device_slots.h"

static inline int unguard_any_epoch_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	int ret = device_slots_use(dev);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	if (word_state(seen) == WORD_GUARDED)
		atomic_compare_exchange_strong_explicit(
		    word, &seen, word_tag(seen), memory_order_relaxed, memory_order_relaxed);
	return ret;
}
