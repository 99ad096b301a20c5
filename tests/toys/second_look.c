/* SPDX-License-Identifier: MIT */
/*
 * device_slots, but a probe's second load of the word compares the word's mode and not its epoch.
 * While the prober stores its slot, a user can come and go, and another driver can make the group
 * use slots again. The slot then has an old epoch, so the next claim does not count it, and there
 * are two owners.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a probe's second look ignores the epoch"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_USE second_look_use
#include "../../impl/busted/device_slots.h"

static inline int second_look_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	const uint64_t before = atomic_load_explicit(word, memory_order_relaxed);

	if (mode_of(before) != SLOTS)
		return device_slots_use(dev);
	fence_publish(&device_slot(dev)->slot, before);
	return mode_of(fence_look(word)) == SLOTS ? 0 : device_slots_contend(dev, before & EPOCH);
}
