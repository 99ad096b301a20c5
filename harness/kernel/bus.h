/* SPDX-License-Identifier: MIT */
/*
 * A bus of the real driver core, with one driver, and with the groups and devices that a run asks
 * for. Like the PCI bus, it takes ownership in .dma_configure and releases it in .dma_cleanup.
 * Both call the design under test, as does a bus notifier.
 */
#ifndef HARNESS_KERNEL_BUS_H
#define HARNESS_KERNEL_BUS_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>

#include "harness/kernel/contract.h"

/* The step at which the device's next probe fails. */
enum bus_fail {
	BUS_FAIL_NONE,
	BUS_FAIL_CONFIGURE, /* .dma_configure fails before it calls the design */
	BUS_FAIL_DRIVER,    /* the driver returns -ENODEV */
	BUS_FAIL_DEFER,	    /* the driver returns -EPROBE_DEFER */
};

struct bus_group {
	/* Upper half: the user that owns the group, or 0. Lower half: number of bound drivers. */
	atomic64_t witness;
	unsigned int index;
	struct group *impl;
};

/* A device of the real driver core, which embeds the struct device of impl/impl.h. */
struct bus_device {
	struct device real;
	struct bus_group *group;
	const struct impl_ops *ops;

	/* device_lock guards the members up to owning_calls. */
	enum bus_fail fail;
	unsigned int devm_us; /* how long the driver's devm action sleeps; 0: no such action */
	bool unlocked;	      /* DEPTH_OPS: no thread takes device_lock */
	u64 owning_ns;	      /* time spent in the design's use and unuse */
	u64 owning_calls;     /* number of calls of use and unuse */

	struct impl_device impl; /* must be last: the design's state follows it in memory */
};

/* The bus's driver. For the design kernel_iommu it must be inside a platform_driver. */
struct bus_driver {
	struct platform_driver platform;
	struct driver impl;
};

/* The groups and devices of a run. The devices of group g start at index g * per_group. */
struct bus {
	const struct impl_ops *ops;
	unsigned int nr_groups;
	unsigned int per_group;
	struct bus_group *groups;
	struct bus_device **devices;
};

/*
 * Register and unregister the bus, its notifier and its driver. Called when the module is loaded
 * and unloaded. bus_register_all() returns 0, or a negative errno with nothing left registered.
 */
int bus_register_all(void);
void bus_unregister_all(void);

/*
 * Creates the groups and the unbound devices of a run. Returns 0, or a negative errno with nothing
 * left to destroy.
 */
int bus_populate(struct bus *bus, const struct impl_ops *ops, unsigned int nr_groups,
		 unsigned int per_group);

/* Destroys all groups and devices. All devices must be unbound. */
void bus_depopulate(struct bus *bus);

/*
 * Gives a leaked group a fresh state, which nobody owns. All its devices must be unbound. Returns
 * 0, or a negative errno with the group unchanged.
 */
int bus_renew_group(struct bus *bus, struct bus_group *group);

/*
 * Bind and unbind the device through the driver core, which takes device_lock. bus_bind() returns 0
 * or a negative errno: -EBUSY if a user owns the group.
 */
int bus_bind(struct bus_device *dev);
void bus_unbind(struct bus_device *dev);

/* Stores dev->driver, and does nothing else. Used at DEPTH_OPS, which bypasses the driver core. */
void bus_set_driver(struct bus_device *dev, bool bound);

/* Call the design's use and unuse, and add the call and its duration to the device's counts.
 * bus_use() returns the design's result. bus_unuse() reports a violation if the design refuses. */
int bus_use(struct bus_device *dev);
void bus_unuse(struct bus_device *dev);

/*
 * The witness: each owner marks the group while it owns it. An owner that finds the mark of a
 * conflicting owner reports a violation.
 */
void witness_driver_enters(struct bus_device *dev);
void witness_driver_leaves(struct bus_device *dev);
void witness_user_enters(struct bus_group *group, unsigned int user);
void witness_user_leaves(struct bus_group *group, unsigned int user);

static inline struct bus_device *to_bus_device(const struct impl_device *dev)
{
	return container_of((struct impl_device *)dev, struct bus_device, impl);
}

/* Returns the driver core's dev->driver as a struct driver of impl/impl.h, or NULL if unbound. */
static inline struct driver *bus_device_driver(const struct impl_device *dev, memory_order order)
{
	struct device_driver *drv;

	if (order == memory_order_relaxed)
		drv = READ_ONCE(to_bus_device(dev)->real.driver);
	else
		/* acquire: pairs with the release in bus_set_driver(). The driver core's own
		 * store to dev->driver has no release to pair with. */
		drv = smp_load_acquire(&to_bus_device(dev)->real.driver);
	if (!drv)
		return NULL;
	return &container_of(drv, struct bus_driver, platform.driver)->impl;
}

static inline bool bus_device_is_locked(const struct impl_device *dev)
{
	struct bus_device *d = to_bus_device(dev);

	return d->unlocked || mutex_is_locked(&d->real.mutex);
}

#endif
