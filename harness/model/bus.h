/* SPDX-License-Identifier: MIT */
/*
 * The driver core's part: probe and remove in the order of really_probe() and
 * __device_release_driver(), drivers/base/dd.c.
 *
 * All of it is inline and takes the implementation as a compile-time constant, so that the
 * operations end up inside the caller's loop.
 */
#ifndef HARNESS_MODEL_BUS_H
#define HARNESS_MODEL_BUS_H

#include <pthread.h>
#include <stdint.h>

#include "harness/container_of.h"
#include "harness/inline.h"
#include "impl.h"

/* A cache line and the one that the prefetcher pulls in beside it. */
enum { BUS_ALIGN = 128 };

/* What surrounds a device; the implementation's state follows it. */
struct bus_device {
	pthread_mutex_t lock; /* device_lock() */
	struct device dev;
};

struct bus_group {
	_Atomic(uint64_t) witness; /* see harness/check/witness.h */
	unsigned int owned;        /* the same */
	struct group group;
};

/* How much of the sequence is run. */
enum bus_path {
	BUS_PATH_OPS,   /* the ownership operations and the stores to dev->driver */
	BUS_PATH_PROBE, /* all of it, with device_lock() and the notifier chain */
};

/* The step at which a probe fails. */
enum bus_fail {
	BUS_FAIL_NONE,
	BUS_FAIL_PINCTRL,
	BUS_FAIL_CONFIGURE, /* in dma_configure, before its last act */
	BUS_FAIL_DRIVER,
};

static inline struct bus_device *to_bus_device(struct device *dev)
{
	return container_of(dev, struct bus_device, dev);
}

static inline struct bus_group *to_bus_group(struct group *group)
{
	return container_of(group, struct bus_group, group);
}

static inline void device_lock(struct device *dev)
{
	pthread_mutex_lock(&to_bus_device(dev)->lock);
}

static inline void device_unlock(struct device *dev)
{
	pthread_mutex_unlock(&to_bus_device(dev)->lock);
}

/* release: pairs with the acquire of a walk over driver pointers. Setting it publishes the driver;
 * clearing it comes after all that the driver did. */
static inline void device_set_driver(struct device *dev, struct driver *drv)
{
	atomic_store_explicit(&dev->driver, drv, memory_order_release);
}

static inline void bus_notify(const struct impl_ops *impl, struct device *dev, enum bus_event event)
{
	if (impl->notify)
		impl->notify(dev, event);
}

/* Between setting the pointer and clearing it again on failure. */
INLINE int bus_configure_and_bind(const struct impl_ops *impl, struct device *dev,
    struct driver *drv, enum bus_fail fail, enum bus_path path)
{
	/* The loops of BUS_PATH_OPS have no other drivers, and must not look. */
	const bool managed = path == BUS_PATH_PROBE && drv->driver_managed_dma;
	int ret;

	if (fail == BUS_FAIL_PINCTRL || fail == BUS_FAIL_CONFIGURE)
		return -ENXIO; /* no cleanup, no notifier */
	ret = managed ? 0 : impl->use_default_domain(dev);
	if (ret)
		return ret; /* as above */
	if (fail != BUS_FAIL_DRIVER) {
		if (path == BUS_PATH_PROBE)
			bus_notify(impl, dev, BUS_NOTIFY_BOUND_DRIVER);
		return 0;
	}
	if (path == BUS_PATH_PROBE)
		bus_notify(impl, dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
	if (!managed && impl->unuse_default_domain(dev))
		return -EINVAL;
	return -ENODEV;
}

/*
 * Probes the device with the driver. 0: bound. -EBUSY: a user owns the group. -ENXIO, -ENODEV:
 * failed at the step asked for. -EEXIST: already bound. -EINVAL: failed at the driver's step, and
 * the implementation reported its cleanup as unpaired.
 */
INLINE int bus_probe(const struct impl_ops *impl, struct device *dev, struct driver *drv,
    enum bus_fail fail, enum bus_path path)
{
	int ret;

	if (path == BUS_PATH_PROBE) {
		device_lock(dev);
		if (atomic_load_explicit(&dev->driver, memory_order_relaxed)) {
			device_unlock(dev);
			return -EEXIST;
		}
	}
	device_set_driver(dev, drv);
	ret = bus_configure_and_bind(impl, dev, drv, fail, path);
	if (ret)
		device_set_driver(dev, NULL);
	if (path == BUS_PATH_PROBE)
		device_unlock(dev);
	return ret;
}

/* Unbinds a bound device: the ownership goes before the pointer does. 0, or -EINVAL where the
 * implementation reported the release as unpaired. */
INLINE int bus_remove(const struct impl_ops *impl, struct device *dev, enum bus_path path)
{
	bool managed = false;
	int ret;

	if (path == BUS_PATH_PROBE) {
		device_lock(dev);
		managed =
		    atomic_load_explicit(&dev->driver, memory_order_relaxed)->driver_managed_dma;
	}
	ret = managed ? 0 : impl->unuse_default_domain(dev);
	device_set_driver(dev, NULL);
	if (path == BUS_PATH_PROBE) {
		bus_notify(impl, dev, BUS_NOTIFY_UNBOUND_DRIVER);
		device_unlock(dev);
	}
	return ret;
}

#endif
