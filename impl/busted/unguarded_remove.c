/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a remove from a slot does not fence itself in a group that
 * has left SLOTS. Its store to the slot can still be in the store buffer when a later claim looks,
 * and that claim is refused without a reason.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a remove from a slot skips its fence"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_C11_CLASS CLASS_EXACT
#define CONTROL_UNUSE unguarded_remove
#include "device_slots.h"

static inline int unguarded_remove(struct device *dev)
{
	_Atomic(uint64_t) *slot = &device_slot(dev)->slot;

	if (!atomic_load_explicit(slot, memory_order_relaxed))
		return device_slots_unuse_counted(dev);
	fence_retract(slot);
	return 0;
}
