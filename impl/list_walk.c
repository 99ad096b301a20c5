/* SPDX-License-Identifier: MIT */
/*
 * The list walk on release: an owner and no count. Robin Murphy argued for it on 22 Feb 2022, in
 * words and not as a patch (results/DEBATE.md). Remove walks group->devices and gives the ownership
 * up when no other device is bound to a driver that uses the DMA API.
 *
 * It is done in the place of the series' dma_cleanup. A notifier for BUS_NOTIFY_UNBOUND_DRIVER and
 * BUS_NOTIFY_DRIVER_NOT_BOUND "would be directly equivalent", the mail says; the former comes after
 * the pointer is cleared: busted/walk_after_clear.c.
 *
 * Cleanup comes before the driver pointer is cleared, so two removes can each see the other's
 * pointer and both leave the owner set: nothing is bound, and the group stays owned.
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

/* A token of the group's own, that no user can hold. */
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

/* Whether a sibling's driver, read without that sibling's device_lock, uses the DMA API. The mutex
 * orders nothing that the driver core does to the pointer. */
static inline bool list_walk_others_bound(struct group *group, struct device *dev)
{
	struct device *other;

	lockdep_assert_held(&list_walk(group)->mutex);
	LIST_FOREACH (other, &group->devices, link) {
		struct driver *drv = device_read_driver(other, memory_order_relaxed);

		if (other != dev && drv && !drv->driver_managed_dma)
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

/* One owner, no nesting: "rather than pretending we can keep track of nested ownership claims". */
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
    .summary = "an owner, no count: remove walks the group's driver pointers",
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
};
