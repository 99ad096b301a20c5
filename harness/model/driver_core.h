/* SPDX-License-Identifier: MIT */
/*
 * Probe and remove in the order of really_probe() and __device_release_driver(), drivers/base/dd.c,
 * and a user's claim and release. This is their only source: measured loops (bus.h), the explorer
 * (explore/ownership/program.c) and the cost model (cost/cost.c) run it, each with its own struct
 * driver_core.
 *
 * Everything is inline. If the core and the implementation are compile-time constants, their
 * functions are inlined into the caller's loop.
 */
#ifndef HARNESS_MODEL_DRIVER_CORE_H
#define HARNESS_MODEL_DRIVER_CORE_H

#include "harness/inline.h"
#include "impl.h"

/* The parts of a driver core that differ between its users. A NULL pointer skips the step. */
struct driver_core {
	void (*lock)(struct device *dev); /* device_lock() */
	void (*unlock)(struct device *dev);

	/* Returns whether the device has a driver; if so, its probe fails. */
	bool (*is_bound)(struct device *dev);

	/* Returns dev->driver of a bound device. NULL: all drivers use the DMA API, and the
	 * sequence reads neither the pointer nor the driver. */
	struct driver *(*driver)(struct device *dev);

	/* Stores dev->driver. This pointer must not be NULL. */
	void (*set_driver)(struct device *dev, struct driver *drv);

	bool notifies; /* calls the implementation's notifier */
};

/* The step at which a probe fails. */
enum bus_fail {
	BUS_FAIL_NONE,
	BUS_FAIL_PINCTRL,
	BUS_FAIL_CONFIGURE, /* in dma_configure(), before it takes ownership */
	BUS_FAIL_DRIVER,
};

INLINE void core_notify(const struct driver_core *core, const struct impl_ops *impl,
    struct device *dev, enum bus_event event)
{
	if (core->notifies && impl->notify)
		impl->notify(dev, event);
}

/* The steps between storing dev->driver and clearing it again on failure. */
INLINE int core_configure_and_bind(const struct driver_core *core, const struct impl_ops *impl,
    struct device *dev, const struct driver *drv, enum bus_fail fail)
{
	const bool managed = core->driver && drv->driver_managed_dma;
	int ret;

	if (fail == BUS_FAIL_PINCTRL || fail == BUS_FAIL_CONFIGURE)
		return -ENXIO; /* no cleanup, no notifier */
	ret = managed ? 0 : impl->use_default_domain(dev);
	if (ret)
		return ret; /* no cleanup, no notifier */
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
 * -EEXIST if the device had a driver, -ENXIO or -ENODEV if it failed at the step `fail`, and
 * -EINVAL if it failed at the driver's step and the implementation reported the cleanup as
 * unpaired.
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

/* Unbinds a bound device: the ownership is released before the pointer is cleared. Returns 0, or
 * -EINVAL if the implementation reported the release as unpaired. */
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

/* A user's claim. */
struct core_claim {
	struct group *group;
	struct device *dev; /* the claimed device; NULL: the whole group is claimed */
	void *owner;
};

/* Called right after a claim is granted, and right before it is released. A NULL pointer skips the
 * step. */
struct core_user {
	void (*enter)(const struct core_claim *claim);
	void (*leave)(const struct core_claim *claim);
};

/* Claims, and calls user->enter() if granted. Returns 0, or the implementation's error if it
 * refused. */
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

/* Releases a granted claim. Returns 0, or -EINVAL if the implementation reported the release as
 * unpaired. */
INLINE int core_release(
    const struct core_user *user, const struct impl_ops *impl, const struct core_claim *claim)
{
	if (user->leave)
		user->leave(claim);
	return claim->dev ? impl->device_release(claim->dev) : impl->group_release(claim->group);
}

#endif
