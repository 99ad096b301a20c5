/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a user's release first clears the slots, which refused
 * drivers may have left behind. The litmus test's shape is S: a release stores to the slot and then
 * frees the word; a probe reads the free word and then stores to the slot. As the probe's first
 * load is relaxed, the release's store to the slot can still come last and erase the driver's slot.
 * Then the next claim does not see the driver.
 */
#define CONTROL_SUMMARY \
	"device_slots_unguarded, but a release clears slots, unordered with the next probe"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_RELEASE cleared_slots_release
#define CONTROL_DEVICE_RELEASE cleared_slots_device_release
#include "device_slots.h"

static void clear_slots(struct group *group)
{
	struct device_slots *g = device_slots(group);
	struct device *dev;

	lock_acquire(&g->claimers);
	if (device_slots_owned(g)) {
		LIST_FOREACH (dev, &group->devices, link)
			atomic_store_explicit(&device_slot(dev)->tag, 0, memory_order_relaxed);
	}
	lock_release(&g->claimers);
}

static int cleared_slots_release(struct group *group)
{
	clear_slots(group);
	return device_slots_release(group);
}

static int cleared_slots_device_release(struct device *dev)
{
	clear_slots(dev->group);
	return device_slots_device_release(dev);
}
