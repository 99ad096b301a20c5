/* SPDX-License-Identifier: MIT */
/*
 * The driver core of measured runs: devices with locks, and functions that probe and remove them.
 *
 * Everything is inline. The implementation is passed as a compile-time constant, so its operations
 * are inlined into the caller's loop.
 */
#ifndef HARNESS_MODEL_BUS_H
#define HARNESS_MODEL_BUS_H

#include <pthread.h>
#include <stdint.h>

#include "harness/container_of.h"
#include "harness/inline.h"
#include "harness/model/driver_core.h"
#include "impl.h"

/* Two cache lines, because the adjacent-line prefetcher fetches them in pairs. */
enum { BUS_ALIGN = 128 };

/* Alignment of devices: worker.h keeps a number in the low bits of their addresses. */
enum { DEVICE_ALIGN = 16 };

/* A device with its lock. The implementation's state follows the member dev. */
struct bus_device {
	pthread_mutex_t lock; /* device_lock() */
	_Alignas(DEVICE_ALIGN) struct device dev;
};

struct bus_group {
	_Atomic(uint64_t) witness; /* see harness/measure/witness.h */
	unsigned int owned;        /* see harness/measure/witness.h */
	struct group group;
};

/* How much of a probe or remove is executed. */
enum bus_path {
	BUS_PATH_OPS,   /* only the ownership operations and the stores to dev->driver */
	BUS_PATH_PROBE, /* everything, with device_lock() and the notifier chain */
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

/* release: pairs with the acquire of designs that walk over driver pointers. Setting the pointer
 * publishes the driver; clearing it is ordered after everything that the driver did. */
static inline void device_set_driver(struct device *dev, struct driver *drv)
{
	atomic_store_explicit(&dev->driver, drv, memory_order_release);
}

static inline struct driver *device_driver(struct device *dev)
{
	return atomic_load_explicit(&dev->driver, memory_order_relaxed);
}

static inline bool device_is_bound(struct device *dev)
{
	return device_driver(dev) != NULL;
}

static const struct driver_core bus_ops_core = {.set_driver = device_set_driver};

static const struct driver_core bus_probe_core = {
    .lock = device_lock,
    .unlock = device_unlock,
    .is_bound = device_is_bound,
    .driver = device_driver,
    .set_driver = device_set_driver,
    .notifies = true,
};

INLINE const struct driver_core *bus_core(enum bus_path path)
{
	return path == BUS_PATH_PROBE ? &bus_probe_core : &bus_ops_core;
}

/* bus_probe() and bus_remove() return what core_probe() and core_remove() return. */
INLINE int bus_probe(const struct impl_ops *impl, struct device *dev, struct driver *drv,
    enum bus_fail fail, enum bus_path path)
{
	return core_probe(bus_core(path), impl, dev, drv, fail);
}

INLINE int bus_remove(const struct impl_ops *impl, struct device *dev, enum bus_path path)
{
	return core_remove(bus_core(path), impl, dev);
}

#endif
