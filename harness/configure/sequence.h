/* SPDX-License-Identifier: MIT */
/* The steps of a thread that touches a device, shared by measured races and the explorer so that
 * both run the same code. Each passes its own operations and its own struct configure_core. */
#ifndef HARNESS_CONFIGURE_SEQUENCE_H
#define HARNESS_CONFIGURE_SEQUENCE_H

#include "configure/configure.h"
#include "harness/inline.h"

/* The functions of the driver core that differ between measured races and the explorer. */
struct configure_core {
	void (*lock)(struct iommu_device *dev); /* device_lock() */
	void (*unlock)(struct iommu_device *dev);
	void (*wait)(int turn); /* called by a waiting loop; `turn` counts its iterations from 0 */
};

/* A driver's probe: touches the device `touches` times while holding its lock. Returns the last
 * touch's state. */
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

/* Marks the device as added. The release pairs with the acquire in configure_await(). */
static inline void configure_add(struct iommu_device *dev)
{
	atomic_store_explicit(&dev->added, true, memory_order_release);
}

/* Waits until the device is added. The acquire pairs with the release in configure_add(). */
INLINE void configure_await(const struct configure_core *core, struct iommu_device *dev)
{
	for (int turn = 0; !atomic_load_explicit(&dev->added, memory_order_acquire); turn++)
		core->wait(turn);
}

#endif
