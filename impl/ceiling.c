/* SPDX-License-Identifier: MIT */
/*
 * No synchronisation at all: shows the throughput that the hardware and the harness allow. Every
 * operation succeeds, so this is a yardstick and not a design, and no checker applies to it.
 */
#include "impl.h"

static void ceiling_add(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void ceiling_remove(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static inline int ceiling_device(struct device *dev)
{
	(void)dev;
	return 0;
}

static inline int ceiling_device_claim(struct device *dev, void *owner)
{
	(void)dev;
	return owner ? 0 : -EINVAL;
}

static inline int ceiling_claim(struct group *group, void *owner)
{
	(void)group;
	return owner ? 0 : -EINVAL;
}

static inline int ceiling_release(struct group *group)
{
	(void)group;
	return 0;
}

static inline bool ceiling_claimed(struct group *group)
{
	(void)group;
	return false;
}

static const struct impl_ops impl = {
    .summary = "operations that do nothing: an upper bound for every design",
    .source = "a null implementation like LockHammer's tests/empty.h",
    .class = CLASS_NONE,
    .progress = PROGRESS_WAIT_FREE,
    .device_add = ceiling_add,
    .device_remove = ceiling_remove,
    .use_default_domain = ceiling_device,
    .unuse_default_domain = ceiling_device,
    .group_claim = ceiling_claim,
    .group_release = ceiling_release,
    .device_claim = ceiling_device_claim,
    .device_release = ceiling_device,
    .claimed = ceiling_claimed,
};
