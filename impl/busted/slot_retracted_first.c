/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober that meets a pending claim clears its slot before it
 * counts itself in the word. This claim is refused because of the slot, and the next claim can be
 * granted before the prober is counted. The prober is refused then, so the first claim was refused
 * without a reason.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY \
	"device_slots, but a prober clears its slot before it is counted in the word"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_USE slot_retracted_first_use
#include "device_slots.h"

static inline int slot_retracted_first_use(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	const uint64_t before = atomic_load_explicit(&g->word, memory_order_relaxed);
	uint64_t seen;

	if (mode_of(before) != SLOTS)
		return device_slots_use(dev);
	fence_publish(&device_slot(dev)->slot, before);
	seen = fence_look(&g->word);
	if (mode_of(seen) != PENDING || (seen ^ before) & EPOCH)
		return seen == before ? 0 : device_slots_contend(dev, before & EPOCH);
	fence_guarded();
	fence_retract(&device_slot(dev)->slot);
	return device_slots_use_word(dev);
}
