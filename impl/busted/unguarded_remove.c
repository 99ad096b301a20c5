/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but remove executes no fence in a guarded group. Its store to the
 * slot can still be in the store buffer when a later claim walks, and that claim is refused without
 * reason.
 */
#define CONTROL_SUMMARY "device_slots, but remove skips its fence in a guarded group"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_C11_CLASS CLASS_EXACT
#define CONTROL_UNUSE unguarded_remove
#include "device_slots.h"

static inline int unguarded_remove(struct device *dev)
{
	if (!atomic_load_explicit(&device_slot(dev)->tag, memory_order_relaxed))
		return -EINVAL;
	fence_retract(&device_slot(dev)->tag);
	return 0;
}
