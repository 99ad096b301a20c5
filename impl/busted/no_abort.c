/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober gives up when it meets a claim that is only pending.
 * The claim gives up too, because it has seen the slot. Both are refused, and nobody owns the
 * group.
 */
#define CONTROL_SUMMARY "device_slots_unguarded, but a prober backs out if a claim is pending"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_USE no_abort_use
#define OVER_FENCE "fence/seq_cst.h"
#include "device_slots.h"

static inline int no_abort_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	uint64_t before = atomic_load_explicit(word, memory_order_acquire);
	uint64_t tag = word_tag(before), seen;

	if (word_owned(before))
		return -EBUSY;
	fence_publish(&device_slot(dev)->tag, tag);
	seen = fence_look(word);
	return seen == tag || seen == word_as(tag, WORD_ANNOUNCED) ? 0 : device_slots_refused(dev);
}
