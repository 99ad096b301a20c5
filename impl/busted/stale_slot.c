/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a claim of a SHARDED group is refused because of a slot
 * without the heavy fence. The store with which a remove has cleared the slot can still be in the
 * store buffer, so the claim is refused without a reason.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a claim believes a slot without the heavy fence"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_C11_CLASS CLASS_EXACT
#define CONTROL_TAKE stale_slot_take
#include "device_slots.h"

static int stale_slot_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	const uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	if (mode_of(seen) == SHARDED && device_slots_driven(group, seen))
		return -EPERM;
	return device_slots_take(group, owner);
}
