/* SPDX-License-Identifier: MIT */
/*
 * A bus of the real driver core, with one driver and as many devices in groups as a run asks for.
 * The bus calls the design from .dma_configure, .dma_cleanup and its notifier chain, as PCI's does.
 */
#ifndef HARNESS_KERNEL_BUS_H
#define HARNESS_KERNEL_BUS_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>

#include "harness/kernel/contract.h"

/*
 * The step at which the next probe of a device fails. CONFIGURE: in dma_configure, before its last
 * act; as with pinctrl, no cleanup follows.
 */
enum bus_fail {
	BUS_FAIL_NONE,
	BUS_FAIL_CONFIGURE,
	BUS_FAIL_DRIVER,
	BUS_FAIL_DEFER, /* the driver returns -EPROBE_DEFER */
};

struct bus_group {
	/* The user that owns it in the upper half, bound drivers in the lower. */
	atomic64_t witness;
	unsigned int index;
	struct group *impl;
};

/* What surrounds a device of the contract. */
struct bus_device {
	struct device real;
	struct bus_group *group;
	const struct impl_ops *ops;

	/* device_lock guards these. */
	enum bus_fail fail;
	unsigned int devm_us; /* how long the driver's devm action takes; 0: it has none */
	bool unlocked;	      /* depth ops: nobody takes device_lock */
	u64 owning_ns;	      /* time inside the design's use and unuse */
	u64 owning_calls;

	struct impl_device impl; /* last: the design's state follows */
};

/* The driver. It sits in a platform_driver, where the kernel's own ownership looks for it. */
struct bus_driver {
	struct platform_driver platform;
	struct driver impl;
};

/* The devices of a run. Devices of group g: devices[g * per_group] and following. */
struct bus {
	const struct impl_ops *ops;
	unsigned int nr_groups;
	unsigned int per_group;
	struct bus_group *groups;
	struct bus_device **devices;
};

int bus_register_all(void);
void bus_unregister_all(void);

/*
 * Registers the devices, all added to their groups and unbound. 0 or a negative errno; then nothing
 * is left to remove.
 */
int bus_populate(struct bus *bus, const struct impl_ops *ops, unsigned int nr_groups,
		 unsigned int per_group);

/* All devices are unbound. */
void bus_depopulate(struct bus *bus);

/*
 * Replaces the group's state, all its devices being unbound: a leak ends here. 0 or a negative
 * errno; then the group is as before.
 */
int bus_renew_group(struct bus *bus, struct bus_group *group);

/* By the driver core. 0 or a negative errno; -EBUSY: a user owns the group. */
int bus_bind(struct bus_device *dev);
void bus_unbind(struct bus_device *dev);

/* At depth ops: the store to dev->driver alone. */
void bus_set_driver(struct bus_device *dev, bool bound);

/* A use or an unuse by the design. */
int bus_use(struct bus_device *dev);
void bus_unuse(struct bus_device *dev);

/* The witness: of two conflicting owners the later one reports. */
void witness_driver_enters(struct bus_device *dev);
void witness_driver_leaves(struct bus_device *dev);
void witness_user_enters(struct bus_group *group, unsigned int user);
void witness_user_leaves(struct bus_group *group, unsigned int user);

static inline struct bus_device *to_bus_device(const struct impl_device *dev)
{
	return container_of((struct impl_device *)dev, struct bus_device, impl);
}

/* dev->driver of the driver core, as the contract's driver. */
static inline struct driver *bus_device_driver(const struct impl_device *dev, memory_order order)
{
	struct device_driver *drv;

	if (order == memory_order_relaxed)
		drv = READ_ONCE(to_bus_device(dev)->real.driver);
	else
		/* Pairs with the release in bus_set_driver(); the driver core has none. */
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
