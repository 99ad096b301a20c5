/* SPDX-License-Identifier: MIT */
/*
 * Probe and remove in the order of really_probe() and __device_release_driver() in
 * drivers/base/dd.c, and a user's claim and release. There is no other copy of these sequences:
 * measured loops (bus.h), the explorer (explore/ownership/program.c) and the cost model
 * (cost/cost.c) execute them, each with its own struct driver_core.
 *
 * Everything is inline. If the core and the implementation are compile-time constants, their
 * functions are inlined into the caller's loop.
 */
#ifndef HARNESS_MODEL_DRIVER_CORE_H
#define HARNESS_MODEL_DRIVER_CORE_H

#include "harness/inline.h"
#include "impl.h"

/* The parts in which driver cores differ. A step whose pointer is NULL is skipped. */
struct driver_core {
	void (*lock)(struct device *dev); /* device_lock() */
	void (*unlock)(struct device *dev);

	/* Returns whether the device has a driver. If it has, the probe fails. */
	bool (*is_bound)(struct device *dev);

	/* Returns dev->driver of a bound device. If NULL, all drivers use the DMA API, and neither
	 * dev->driver nor the driver is read. */
	struct driver *(*driver)(struct device *dev);

	/* Stores dev->driver. Must not be NULL. */
	void (*set_driver)(struct device *dev, struct driver *drv);

	bool notifies; /* whether the implementation's notifier is called */
};

/* The step at which a probe fails. */
enum bus_fail {
	BUS_FAIL_NONE,
	BUS_FAIL_PINCTRL,
	BUS_FAIL_CONFIGURE, /* dma_configure() fails before it takes ownership */
	BUS_FAIL_DRIVER,
};

INLINE void core_notify(const struct driver_core *core, const struct impl_ops *impl,
    struct device *dev, enum bus_event event)
{
	if (core->notifies && impl->notify)
		impl->notify(dev, event);
}

/* The steps of a probe after dev->driver was stored. If they fail, the caller clears it. */
INLINE int core_configure_and_bind(const struct driver_core *core, const struct impl_ops *impl,
    struct device *dev, const struct driver *drv, enum bus_fail fail)
{
	const bool managed = core->driver && drv->driver_managed_dma;
	int ret;

	if (fail == BUS_FAIL_PINCTRL || fail == BUS_FAIL_CONFIGURE)
		return -ENXIO; /* neither cleanup nor notifier runs */
	ret = managed ? 0 : impl->use_default_domain(dev);
	if (ret)
		return ret; /* neither cleanup nor notifier runs */
	if (fail != BUS_FAIL_DRIVER) {
		core_notify(core, impl, dev, BUS_NOTIFY_BOUND_DRIVER);
		return 0;
	}
	core_notify(core, impl, dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
	if (!managed && impl->unuse_default_domain(dev))
		return -EINVAL;
	return -ENODEV;
}

/*
 * Probes the device with the driver. Returns 0 if it is bound, -EBUSY if a user owns the group,
 * -EEXIST if the device already had a driver, and -ENXIO or -ENODEV if the probe failed at the step
 * `fail`. Returns -EINVAL if it failed at the driver's step and the implementation reported the
 * cleanup as unpaired.
 */
INLINE int core_probe(const struct driver_core *core, const struct impl_ops *impl,
    struct device *dev, struct driver *drv, enum bus_fail fail)
{
	int ret;

	if (core->lock)
		core->lock(dev);
	if (core->is_bound && core->is_bound(dev)) {
		if (core->unlock)
			core->unlock(dev);
		return -EEXIST;
	}
	core->set_driver(dev, drv);
	ret = core_configure_and_bind(core, impl, dev, drv, fail);
	if (ret)
		core->set_driver(dev, NULL);
	if (core->unlock)
		core->unlock(dev);
	return ret;
}

/* Unbinds a bound device. Releases ownership before it clears dev->driver. Returns 0, or -EINVAL if
 * the implementation reported the release as unpaired. */
INLINE int core_remove(
    const struct driver_core *core, const struct impl_ops *impl, struct device *dev)
{
	bool managed;
	int ret;

	if (core->lock)
		core->lock(dev);
	managed = core->driver && core->driver(dev)->driver_managed_dma;
	ret = managed ? 0 : impl->unuse_default_domain(dev);
	core->set_driver(dev, NULL);
	core_notify(core, impl, dev, BUS_NOTIFY_UNBOUND_DRIVER);
	if (core->unlock)
		core->unlock(dev);
	return ret;
}

/* A claim by a user. */
struct core_claim {
	struct group *group;
	struct device *dev; /* the device to claim; NULL: claim the whole group */
	void *owner;
};

/* Optional hooks: enter() is called right after a claim is granted, and leave() right before it is
 * released. */
struct core_user {
	void (*enter)(const struct core_claim *claim);
	void (*leave)(const struct core_claim *claim);
};

/* Makes the claim, and calls user->enter() if it is granted. Returns 0 or the implementation's
 * error. */
INLINE int core_claim(
    const struct core_user *user, const struct impl_ops *impl, const struct core_claim *claim)
{
	int ret = claim->dev ? impl->device_claim(claim->dev, claim->owner)
	                     : impl->group_claim(claim->group, claim->owner);

	if (ret)
		return ret;
	if (user->enter)
		user->enter(claim);
	return 0;
}

/* Releases a granted claim. Returns 0, or -EINVAL if the implementation reported it as unpaired. */
INLINE int core_release(
    const struct core_user *user, const struct impl_ops *impl, const struct core_claim *claim)
{
	if (user->leave)
		user->leave(claim);
	return claim->dev ? impl->device_release(claim->dev) : impl->group_release(claim->group);
}

#endif
