/* SPDX-License-Identifier: MIT */
/*
 * The contract of group ownership: what an implementation is given and what it owes.
 *
 * A group holds devices that hardware cannot isolate from each other. Kernel drivers that use the
 * DMA API co-own it; a user (VFIO) owns it alone; nobody waits for the other side: a conflict is an
 * error at once. State per group: cnt >= 0 and owner. Idle: cnt 0. Kernel-owned: cnt > 0 and no
 * owner. User-owned: cnt > 0, owner set.
 *
 * An implementation is one file in impl/ that includes this header, atomics.h and its lock or
 * reclamation library, and ends with
 *
 *	static const struct impl_ops impl = { .summary = ..., ... };
 *
 * Its name is its file's name. Nothing else has to be edited: the build compiles every workload
 * loop once for each file, so that the operations inline into the loop.
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
	bool driver_managed_dma; /* as vfio-pci: binds without owning anything */
};

struct group;

/*
 * As much of a device as an implementation may see. The driver core stores `driver` under the
 * device's own lock; an implementation may read it at any time, by device_read_driver(). Only
 * device_add() and device_remove() change `group` and `link`.
 */
struct device {
	_Atomic(struct driver *) driver;
	struct group *group;
	LIST_ENTRY(device) link;
	_Alignas(8) unsigned char state[]; /* the implementation's: device_size bytes, zeroed */
};

/* Reads dev->driver. A macro, so that a checker names the line that reads. In the kernel it reads
 * the pointer of the real struct device. */
#ifndef device_read_driver
#define device_read_driver(dev, order) atomic_load_explicit(&(dev)->driver, (order))
#endif

struct group {
	LIST_HEAD(, device)
	devices; /* the implementation keeps it: it knows which lock guards it */
	_Alignas(8) unsigned char state[]; /* the implementation's: group_size bytes, zeroed */
};

/* What the bus tells its notifier chain, in the order of really_probe(). */
enum bus_event {
	BUS_NOTIFY_BOUND_DRIVER,
	BUS_NOTIFY_DRIVER_NOT_BOUND,
	BUS_NOTIFY_UNBOUND_DRIVER,
};

/*
 * The operations return 0 or a negative errno. An unpaired call that the kernel would answer with
 * a WARN returns -EINVAL and changes nothing. All but the first block must be present; those marked
 * optional may be NULL.
 */
struct impl_ops {
	union {
		struct impl_about about; /* its progress is that of probe and remove */
		struct {
			IMPL_ABOUT_MEMBERS
		};
	};
	size_t group_size;  /* bytes of group->state */
	size_t device_size; /* bytes of device->state */

	/* Before the group's first and after its last operation; one thread, nobody else looks. */
	int (*group_init)(struct group *group);
	void (*group_destroy)(struct group *group);

	/* Hotplug: a device joins or leaves the group's list; never changes the count. A device
	 * that leaves is bound to no driver. */
	void (*device_add)(struct group *group, struct device *dev);
	void (*device_remove)(struct group *group, struct device *dev);

	/* Probe of a DMA-API driver, under device_lock(dev), dev->driver already set.
	 * -EBUSY: a user owns the group. */
	int (*use_default_domain)(struct device *dev);

	/* Remove, or a probe that fails after its use; dev->driver still set, under
	 * device_lock(dev). */
	int (*unuse_default_domain)(struct device *dev);

	/* A user takes the whole group. -EINVAL: owner is NULL. -EPERM: owned, by whomever. */
	int (*group_claim)(struct group *group, void *owner);
	int (*group_release)(struct group *group);

	/* The same through one device: counts when the owner is the same. */
	int (*device_claim)(struct device *dev, void *owner);
	int (*device_release)(struct device *dev);

	/* cnt > 0; racy, for reporting. */
	bool (*claimed)(struct group *group);

	/* Optional: the driver is about to be freed. Returns when no operation can still read it.
	 */
	void (*driver_unregister)(struct driver *drv);

	/* Optional: called by the bus on its notifier chain, under device_lock(dev). */
	void (*notify)(struct device *dev, enum bus_event event);
};

#endif
