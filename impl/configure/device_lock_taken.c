/* SPDX-License-Identifier: MIT */
/*
 * A caller that does not hold the device's lock takes it. Jason Gunthorpe's mail of 18 Aug 2023
 * calls this tempting (see results/DEBATE.md). Limit: every touch runs under the lock, and a caller
 * must know whether it holds the lock already.
 */
#include "configure.h"

struct device_lock_taken {
	struct iommu_state *state; /* guarded by dev->lock */
};

static inline struct device_lock_taken *device_lock_taken(struct iommu_device *dev)
{
	return (struct device_lock_taken *)dev->state;
}

static inline struct iommu_state *device_lock_taken_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	struct device_lock_taken *d = device_lock_taken(dev);
	const bool locked = toucher->locked;
	struct iommu_state *state;

	if (!locked)
		pthread_mutex_lock(&dev->lock);
	if (!d->state)
		d->state = iommu_state_new(toucher);
	state = d->state;
	if (!locked)
		pthread_mutex_unlock(&dev->lock);
	return state;
}

static struct iommu_state *device_lock_taken_state(struct iommu_device *dev)
{
	return device_lock_taken(dev)->state;
}

static const struct configure_ops impl = {
    .summary = "a caller that does not hold the device's lock takes it",
    .source = "Jason Gunthorpe, 18 Aug 2023: adding a device_lock() around the few missing "
	      "places",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct device_lock_taken),
    .touch = device_lock_taken_touch,
    .state = device_lock_taken_state,
};
