/* SPDX-License-Identifier: MIT */
/*
 * Negative control: a user's claim makes an unlocked walk over the driver pointers, and then stores
 * the owner. It misses a probe that begins after the walk has passed its device, and that probe
 * checks for a user before the owner is stored. This is the check-then-act of the RFC of Sep 2021.
 */
#include "impl.h"

struct viability_walk {
	_Atomic(void *) owner;
};

static inline struct viability_walk *viability_walk(struct group *group)
{
	return (struct viability_walk *)group->state;
}

static void viability_walk_add(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void viability_walk_remove(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static inline void *viability_walk_owner(struct group *group)
{
	return atomic_load_explicit(&viability_walk(group)->owner, memory_order_relaxed);
}

static inline bool viability_walk_bound(struct group *group)
{
	struct device *dev;

	LIST_FOREACH (dev, &group->devices, link) {
		struct driver *drv = device_read_driver(dev, memory_order_relaxed);

		if (drv && !driver_manages_dma(drv))
			return true;
	}
	return false;
}

static inline int viability_walk_use(struct device *dev)
{
	return viability_walk_owner(dev->group) ? -EBUSY : 0;
}

static inline int viability_walk_unuse(struct device *dev)
{
	(void)dev;
	return 0;
}

static inline int viability_walk_claim(struct group *group, void *owner)
{
	if (!owner)
		return -EINVAL;
	if (viability_walk_owner(group) || viability_walk_bound(group))
		return -EPERM;
	atomic_store_explicit(&viability_walk(group)->owner, owner, memory_order_relaxed);
	return 0;
}

static inline int viability_walk_release(struct group *group)
{
	if (!viability_walk_owner(group))
		return -EINVAL;
	atomic_store_explicit(&viability_walk(group)->owner, NULL, memory_order_relaxed);
	return 0;
}

static inline int viability_walk_device_claim(struct device *dev, void *owner)
{
	return viability_walk_claim(dev->group, owner);
}

static inline int viability_walk_device_release(struct device *dev)
{
	return viability_walk_release(dev->group);
}

static inline bool viability_walk_claimed(struct group *group)
{
	return viability_walk_owner(group) || viability_walk_bound(group);
}

static const struct impl_ops impl = {
    .summary = "a user claims after an unlocked walk over dev->driver, without another check",
    .source = "[RFC 06/20] iommu: Add iommu_device_init[exit]_user_dma interfaces, Sep 2021",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct viability_walk),
    .device_add = viability_walk_add,
    .device_remove = viability_walk_remove,
    .use_default_domain = viability_walk_use,
    .unuse_default_domain = viability_walk_unuse,
    .group_claim = viability_walk_claim,
    .group_release = viability_walk_release,
    .device_claim = viability_walk_device_claim,
    .device_release = viability_walk_device_release,
    .claimed = viability_walk_claimed,
};
