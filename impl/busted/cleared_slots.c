/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a user's release first clears the slots, which refused
 * drivers may have left behind. The shape is S: a release stores to the slot and then frees the
 * word; a probe reads the free word and then stores to the slot. As the probe's first load is
 * relaxed, the release's store to the slot can still come last and erase the driver's slot. The
 * next claim does not see the driver.
 */
#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

static void clear_slots(struct group *group)
{
	struct device_slots *g = device_slots(group);
	struct device *dev;

	lock_acquire(&g->claimers);
	if (g->owner) {
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

static const struct impl_ops impl = {
    .summary = "device_slots, but a release clears slots that are not ordered with the next probe",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .setup = fence_setup,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = device_slots_use,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = device_slots_claim,
    .group_release = cleared_slots_release,
    .device_claim = device_slots_device_claim,
    .device_release = cleared_slots_device_release,
    .claimed = device_slots_claimed,
};
