/* SPDX-License-Identifier: MIT */
/*
 * A bus of the real driver core. It has one driver, and as many groups and devices as a run asks
 * for. Like the PCI bus, it reaches ownership from .dma_configure and .dma_cleanup; here they call
 * the design, as does a notifier of the bus.
 */
#ifndef HARNESS_KERNEL_BUS_H
#define HARNESS_KERNEL_BUS_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>

#include "harness/kernel/contract.h"

/* The step at which the next probe of a device fails. */
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

/* A device of the driver core, with the struct device of impl/impl.h inside. */
struct bus_device {
	struct device real;
	struct bus_group *group;
	const struct impl_ops *ops;

	/* The members up to owning_calls are guarded by device_lock. */
	enum bus_fail fail;
	unsigned int devm_us; /* sleep of the driver's devm action; 0: there is no devm action */
	bool unlocked;	      /* DEPTH_OPS: no thread takes device_lock */
	u64 owning_ns;	      /* time spent inside the design's use and unuse */
	u64 owning_calls;     /* calls of use and unuse */

	struct impl_device impl; /* the last member: the design's state follows it */
};

/* The bus's driver. The kernel's own ownership expects it inside a platform_driver. */
struct bus_driver {
	struct platform_driver platform;
	struct driver impl;
};

/* The groups and devices of a run. Group g has per_group devices, which start at index
 * g * per_group. */
struct bus {
	const struct impl_ops *ops;
	unsigned int nr_groups;
	unsigned int per_group;
	struct bus_group *groups;
	struct bus_device **devices;
};

/*
 * Register and unregister the bus, its notifier and its driver, when the module is loaded and
 * unloaded. bus_register_all() returns 0, or a negative errno with nothing left registered.
 */
int bus_register_all(void);
void bus_unregister_all(void);

/*
 * Creates the groups and devices of a run, all of them unbound. Returns 0, or a negative errno with
 * nothing left to destroy.
 */
int bus_populate(struct bus *bus, const struct impl_ops *ops, unsigned int nr_groups,
		 unsigned int per_group);

/* Destroys all groups and devices. The caller has unbound every device. */
void bus_depopulate(struct bus *bus);

/*
 * Replaces the group's state by a new one, which ends a leak. The caller has unbound all devices of
 * the group. Returns 0, or a negative errno with the group unchanged.
 */
int bus_renew_group(struct bus *bus, struct bus_group *group);

/*
 * Bind and unbind through the driver core, which takes device_lock. bus_bind() returns 0 or a
 * negative errno: -EBUSY if a user owns the group.
 */
int bus_bind(struct bus_device *dev);
void bus_unbind(struct bus_device *dev);

/* Only stores to dev->driver, which is all that DEPTH_OPS does besides calling the design. */
void bus_set_driver(struct bus_device *dev, bool bound);

/*
 * Call the design's use and unuse, and add to the device's owning_ns and owning_calls. bus_use()
 * returns what the design returns. bus_unuse() reports a violation if the design refuses.
 */
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

/* Returns dev->driver of the driver core as the struct driver of impl/impl.h; NULL if unbound. */
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
