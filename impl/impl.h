/* SPDX-License-Identifier: MIT */
/*
 * The contract of group ownership: what the harness calls, and what an implementation has to
 * guarantee.
 *
 * A group holds devices that hardware cannot isolate from each other. Kernel drivers that use the
 * DMA API share its ownership; a user (VFIO) owns it alone. Neither side ever waits for the other:
 * a conflicting request fails at once. The state of a group is a count and an owner. Idle: cnt 0.
 * Kernel-owned: cnt > 0 and no owner. User-owned: cnt > 0 and an owner.
 *
 * An implementation is one file in impl/ that includes this header, atomics.h and its lock or
 * reclamation library, and ends with
 *
 *	static const struct impl_ops impl = { .summary = ..., ... };
 *
 * The implementation is named after its file. No other file has to change: the build compiles every
 * workload loop once for each implementation, and inlines its operations into the loop.
 */
#ifndef IMPL_H
#define IMPL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "about.h"
#include "atomics.h"
#include "held.h"

/* A driver may be unregistered and freed while no device is bound to it. */
struct driver {
	const char *name;
	bool driver_managed_dma; /* like vfio-pci, binds without taking ownership */
};

/* Reads drv->driver_managed_dma. It is a macro so that the explorer finds reads of a freed
 * driver. */
#ifndef driver_manages_dma
#define driver_manages_dma(drv) ((drv)->driver_managed_dma)
#endif

struct group;

/*
 * The part of a device that an implementation may see. The driver core stores `driver` under
 * device_lock(); an implementation may read it at any time, with device_read_driver(). Only
 * device_add() and device_remove() change `group` and `link`.
 */
struct device {
	_Atomic(struct driver *) driver;
	struct group *group;
	LIST_ENTRY(device) link;
	_Alignas(8) unsigned char state[]; /* device_size bytes for the implementation, zeroed */
};

/* Reads dev->driver. It is a macro so that the explorer can name the source line of the read. In
 * the kernel it reads the pointer of the real struct device. */
#ifndef device_read_driver
#define device_read_driver(dev, order) atomic_load_explicit(&(dev)->driver, (order))
#endif

struct group {
	LIST_HEAD(, device)
	devices; /* changed by the implementation, under a lock of its choice */
	_Alignas(8) unsigned char state[]; /* group_size bytes for the implementation, zeroed */
};

enum { IMPL_MIN_CLAIMS = 4095 }; /* each implementation can count this many claims of one user */
enum { IMPL_MIN_OWNERS = 4000 }; /* each implementation can tell this many owners apart */

/* The events on the bus's notifier chain, named as in the kernel. */
enum bus_event {
	BUS_NOTIFY_BOUND_DRIVER,
	BUS_NOTIFY_DRIVER_NOT_BOUND,
	BUS_NOTIFY_UNBOUND_DRIVER,
};

/*
 * What an implementation declares about itself, and its operations. An operation returns 0 or a
 * negative errno. An unpaired call, for which the kernel would WARN, returns -EINVAL and changes
 * nothing. An operation marked optional may be NULL.
 */
struct impl_ops {
	union {
		struct impl_about about; /* about.progress is that of probe and remove */
		struct {
			IMPL_ABOUT_MEMBERS
		};
	};
	size_t group_size;  /* bytes of group->state */
	size_t device_size; /* bytes of device->state */

	/* Called by one thread without concurrent access: group_init() before the group's first
	 * operation, and group_destroy() after its last one. */
	int (*group_init)(struct group *group);
	void (*group_destroy)(struct group *group);

	/* Hotplug: a device joins or leaves the group's list. This never changes the count. A
	 * device that leaves is bound to no driver. */
	void (*device_add)(struct group *group, struct device *dev);
	void (*device_remove)(struct group *group, struct device *dev);

	/* Probe of a driver that uses the DMA API. Called under device_lock(dev), after dev->driver
	 * was set. Returns -EBUSY if a user owns the group. */
	int (*use_default_domain)(struct device *dev);

	/* Remove, or a probe that fails after use_default_domain(). Called under device_lock(dev),
	 * before dev->driver is cleared. */
	int (*unuse_default_domain)(struct device *dev);

	/* A user takes the whole group. Returns -EINVAL if owner is NULL, -EPERM if the group is
	 * owned, even by the same owner, or -ENOSPC if the design cannot tell another owner apart.
	 * It must tell at least IMPL_MIN_OWNERS apart, over the life of the process. */
	int (*group_claim)(struct group *group, void *owner);
	int (*group_release)(struct group *group);

	/* A user takes the group through one of its devices. Further claims by the same owner are
	 * counted. Returns -EPERM if another owner has the group, or -EOVERFLOW if the design
	 * cannot count another claim. It must count at least IMPL_MIN_CLAIMS. -ENOSPC: as above. */
	int (*device_claim)(struct device *dev, void *owner);
	int (*device_release)(struct device *dev);

	/* Returns whether the group is owned. Racy: for reporting only. */
	bool (*claimed)(struct group *group);

	/* Optional. Called before the driver is freed. Returns once no operation can read the
	 * driver any more. */
	void (*driver_unregister)(struct driver *drv);

	/* Set if an operation may read a driver that has been freed. Checkers then never unregister
	 * drivers, and the design is correct only on systems that never do. */
	bool drivers_must_stay;

	/* Optional. Called by the bus on its notifier chain, under device_lock(dev). */
	void (*notify)(struct device *dev, enum bus_event event);
};

#endif
