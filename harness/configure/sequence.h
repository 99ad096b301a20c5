/* SPDX-License-Identifier: MIT */
/*
 * What a context does to touch a device. This is the only source of it: measured races and the
 * explorer run it. Each passes the operations as it calls them, and its own struct configure_core.
 */
#ifndef HARNESS_CONFIGURE_SEQUENCE_H
#define HARNESS_CONFIGURE_SEQUENCE_H

#include "configure/configure.h"
#include "harness/inline.h"

/* The parts of a driver core that differ between measured races and the explorer. */
struct configure_core {
	void (*lock)(struct iommu_device *dev); /* device_lock() */
	void (*unlock)(struct iommu_device *dev);
	void (*add)(struct iommu_device *dev);      /* a release store of dev->added */
	bool (*is_added)(struct iommu_device *dev); /* an acquire load of dev->added */
	void (*wait)(int turn);                     /* in a loop; turns count from 0 */
};

/* Another device's driver touches the device by hand, without its lock. */
INLINE struct iommu_state *configure_by_hand(
    const struct configure_ops *ops, struct iommu_device *dev, struct toucher *toucher)
{
	return ops->touch(dev, toucher);
}

/* A driver's probe touches the device that many times under its lock. */
INLINE struct iommu_state *configure_probe(const struct configure_core *core,
    const struct configure_ops *ops, struct iommu_device *dev, struct toucher *toucher, int touches)
{
	struct iommu_state *state = NULL;

	core->lock(dev);
	toucher->locked = true;
	while (touches--)
		state = ops->touch(dev, toucher);
	toucher->locked = false;
	core->unlock(dev);
	return state;
}

/* Waits until the device is added. */
INLINE void configure_await(const struct configure_core *core, struct iommu_device *dev)
{
	for (int turn = 0; !core->is_added(dev); turn++)
		core->wait(turn);
}

#endif
