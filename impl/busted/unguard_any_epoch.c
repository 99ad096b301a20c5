/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober widens the mode in whichever epoch it finds, before
 * it is granted the group and also if it is refused. A claim that finds the mode changed backs out,
 * because a driver has changed it. Here no driver has, so the claim is refused without a reason.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a prober widens the mode without being granted the group"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_USE unguard_any_epoch_use
#include "device_slots.h"

static inline void widen_any_epoch(struct device_slots *g)
{
	const uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	if (mode_of(seen) == SHARDED)
		device_slots_widen(g, seen, word_as(seen, SLOTS) | WIDE);
}

static inline int unguard_any_epoch_use(struct device *dev)
{
	int ret;

	widen_any_epoch(device_slots(dev->group));
	ret = device_slots_use(dev);
	widen_any_epoch(device_slots(dev->group));
	return ret;
}
