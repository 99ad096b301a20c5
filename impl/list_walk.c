/* SPDX-License-Identifier: MIT */
/*
 * The list walk on release: an owner, but no count. Probe stores the kernel as owner under the
 * group's mutex. Remove walks group->devices, and clears the owner if no other device is bound to a
 * driver that uses the DMA API.
 *
 * The walk runs where the patch series calls dma_cleanup(). The mail says that a notifier for
 * BUS_NOTIFY_UNBOUND_DRIVER and BUS_NOTIFY_DRIVER_NOT_BOUND "would be directly equivalent". The
 * former is sent only after dev->driver is cleared; busted/walk_after_clear.c walks there.
 *
 * There are never two owners: probe and claim decide under the mutex. But ownership leaks.
 * dma_cleanup() runs before dev->driver is cleared, so two concurrent removes can each see the
 * other's pointer, and neither clears the owner. Then nothing is bound, and the group stays owned.
 *
 * The walk reads other devices' drivers, and the mutex does not prevent those drivers from being
 * unregistered and freed (claim C6). So drivers_must_stay is set.
 *
 * Source: Robin Murphy, 22 Feb 2022, Re: [PATCH v6 02/11] driver core: Add dma_cleanup callback in
 * bus_type. He argues in words, without a patch; see results/DEBATE.md.
 */
#include "impl.h"
#include "lock/pthread_mutex.h"

struct list_walk {
	struct lock mutex;
	void *owner; /* NULL, kernel_owner(), or a user's token */
};

static inline struct list_walk *list_walk(struct group *group)
{
	return (struct list_walk *)group->state;
}

/* The owner while drivers own the group: an address that no user can have as its token. */
static inline void *kernel_owner(struct list_walk *g)
{
	return g;
}

static int list_walk_init(struct group *group)
{
	return lock_init(&list_walk(group)->mutex);
}

static void list_walk_destroy(struct group *group)
{
	lock_destroy(&list_walk(group)->mutex);
}

static void list_walk_add(struct group *group, struct device *dev)
{
	struct list_walk *g = list_walk(group);

	lock_acquire(&g->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->mutex);
}

static void list_walk_remove(struct group *group, struct device *dev)
{
	struct list_walk *g = list_walk(group);

	lock_acquire(&g->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&g->mutex);
}

/* Returns whether another device is bound to a driver that uses the DMA API. The driver pointers
 * are read without the devices' device_lock, and the mutex does not order the driver core's stores
 * to them. */
static inline bool list_walk_others_bound(struct group *group, struct device *dev)
{
	struct device *other;

	lockdep_assert_held(&list_walk(group)->mutex);
	LIST_FOREACH (other, &group->devices, link) {
		struct driver *drv = device_read_driver(other, memory_order_relaxed);

		if (other != dev && drv && !driver_manages_dma(drv))
			return true;
	}
	return false;
}

static inline int list_walk_use(struct device *dev)
{
	struct list_walk *g = list_walk(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner && g->owner != kernel_owner(g))
		ret = -EBUSY;
	else
		g->owner = kernel_owner(g);
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_unuse(struct device *dev)
{
	struct list_walk *g = list_walk(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner != kernel_owner(g))
		ret = -EINVAL;
	else if (!list_walk_others_bound(dev->group, dev))
		g->owner = NULL;
	lock_release(&g->mutex);
	return ret;
}

/* A second claim is refused, even by the same owner. The mail prefers this to "pretending we can
 * keep track of nested ownership claims". */
static inline int list_walk_claim(struct group *group, void *owner)
{
	struct list_walk *g = list_walk(group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->owner)
		ret = -EPERM;
	else
		g->owner = owner;
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_release(struct group *group)
{
	struct list_walk *g = list_walk(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!g->owner || g->owner == kernel_owner(g))
		ret = -EINVAL;
	else
		g->owner = NULL;
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_device_claim(struct device *dev, void *owner)
{
	return list_walk_claim(dev->group, owner);
}

static inline int list_walk_device_release(struct device *dev)
{
	return list_walk_release(dev->group);
}

static inline bool list_walk_claimed(struct group *group)
{
	struct list_walk *g = list_walk(group);
	bool claimed;

	lock_acquire(&g->mutex);
	claimed = g->owner;
	lock_release(&g->mutex);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "an owner without a count: remove walks the group's driver pointers",
    .source = "Robin Murphy, Re: [PATCH v6 02/11] driver core: Add dma_cleanup callback, "
	      "Feb 2022",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct list_walk),
    .group_init = list_walk_init,
    .group_destroy = list_walk_destroy,
    .device_add = list_walk_add,
    .device_remove = list_walk_remove,
    .use_default_domain = list_walk_use,
    .unuse_default_domain = list_walk_unuse,
    .group_claim = list_walk_claim,
    .group_release = list_walk_release,
    .device_claim = list_walk_device_claim,
    .device_release = list_walk_device_release,
    .claimed = list_walk_claimed,
    .drivers_must_stay = true,
};
