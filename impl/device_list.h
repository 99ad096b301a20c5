/* SPDX-License-Identifier: MIT */
/* The group's list of devices, under a lock of its own that only hotplug takes. For implementations
 * whose other operations do not walk the list. */
#ifndef DEVICE_LIST_H
#define DEVICE_LIST_H

#include "impl.h"
#include "lock/pthread_mutex.h"

static inline void device_list_add(struct lock *hotplug, struct group *group, struct device *dev)
{
	lock_acquire(hotplug);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(hotplug);
}

static inline void device_list_remove(struct lock *hotplug, struct device *dev)
{
	lock_acquire(hotplug);
	LIST_REMOVE(dev, link);
	lock_release(hotplug);
}

#endif
