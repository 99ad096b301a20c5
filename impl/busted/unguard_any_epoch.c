/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober widens the mode in whichever epoch it finds,
 * although it was refused. A claim that finds the mode changed backs out, because a driver has
 * changed it. Here no driver has, so the claim is refused without a reason.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a refused prober can widen the mode in a later epoch"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_USE unguard_any_epoch_use
#include "device_slots.h"

static inline int unguard_any_epoch_use(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	const int ret = device_slots_use(dev);
	const uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	if (mode_of(seen) == SHARDED)
		device_slots_widen(g, seen, word_as(seen, SLOTS) | WIDE);
	return ret;
}
