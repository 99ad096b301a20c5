/* SPDX-License-Identifier: MIT */
/*
 * The list walk on release, made exact. There is still no count of drivers, but remove does not
 * walk dev->driver.
 *
 * list_walk reads pointers that the driver core stores without the group's mutex. A sibling after
 * dma_cleanup(), one that failed in pinctrl, and one that was refused all look bound, and the group
 * stays owned. Here each device has a flag under the mutex: a granted use sets it, its unuse clears
 * it, and the walk reads only flags. Flags and owner change in the same critical sections, so the
 * walk is exact.
 *
 * A user's claims are counted, because the contract grants the same owner a second claim through
 * another device. Limit: remove takes time proportional to the group's size, under the mutex.
 *
 * Source: this suite, from Robin Murphy's proposal of 22 Feb 2022 (see list_walk.c).
 */
#include "impl.h"
#include "lock/any.h"

struct list_walk_repaired {
	struct lock mutex;
	void *owner;         /* NULL, kernel_owner(), or a user's token */
	unsigned int claims; /* claims of the user that owns the group */
};

/* A device's share of the kernel's ownership, guarded by the group's mutex. */
struct walked {
	bool owns;
};

static inline struct walked *walked(struct device *dev)
{
	return (struct walked *)dev->state;
}

static inline struct list_walk_repaired *list_walk_repaired(struct group *group)
{
	return (struct list_walk_repaired *)group->state;
}

/* The owner while drivers own the group: an address that no user can have as its token. */
static inline void *kernel_owner(struct list_walk_repaired *g)
{
	return g;
}

static int list_walk_repaired_init(struct group *group)
{
	return lock_init(&list_walk_repaired(group)->mutex);
}

static void list_walk_repaired_destroy(struct group *group)
{
	lock_destroy(&list_walk_repaired(group)->mutex);
}

static void list_walk_repaired_add(struct group *group, struct device *dev)
{
	struct list_walk_repaired *g = list_walk_repaired(group);

	lock_acquire(&g->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->mutex);
}

static void list_walk_repaired_remove(struct group *group, struct device *dev)
{
	struct list_walk_repaired *g = list_walk_repaired(group);

	lock_acquire(&g->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&g->mutex);
}

/* Returns whether any device of the group has a share of the kernel's ownership. */
static inline bool list_walk_repaired_owned(struct group *group)
{
	struct device *dev;

	lockdep_assert_held(&list_walk_repaired(group)->mutex);
	LIST_FOREACH (dev, &group->devices, link) {
		if (walked(dev)->owns)
			return true;
	}
	return false;
}

static inline int list_walk_repaired_use(struct device *dev)
{
	struct list_walk_repaired *g = list_walk_repaired(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner && g->owner != kernel_owner(g)) {
		ret = -EBUSY;
	} else {
		g->owner = kernel_owner(g);
		walked(dev)->owns = true;
	}
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_repaired_unuse(struct device *dev)
{
	struct list_walk_repaired *g = list_walk_repaired(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!walked(dev)->owns) {
		ret = -EINVAL;
	} else {
		walked(dev)->owns = false;
		if (!list_walk_repaired_owned(dev->group))
			g->owner = NULL;
	}
	lock_release(&g->mutex);
	return ret;
}

/* Makes a user the owner of an idle group, with one claim. */
static inline int list_walk_repaired_take(struct list_walk_repaired *g, void *owner)
{
	lockdep_assert_held(&g->mutex);
	g->owner = owner;
	g->claims = 1;
	return 0;
}

static inline bool list_walk_repaired_users(struct list_walk_repaired *g)
{
	lockdep_assert_held(&g->mutex);
	return g->owner && g->owner != kernel_owner(g);
}

static inline int list_walk_repaired_claim(struct group *group, void *owner)
{
	struct list_walk_repaired *g = list_walk_repaired(group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	ret = g->owner ? -EPERM : list_walk_repaired_take(g, owner);
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_repaired_release(struct group *group)
{
	struct list_walk_repaired *g = list_walk_repaired(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (list_walk_repaired_users(g))
		g->owner = NULL;
	else
		ret = -EINVAL;
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_repaired_device_claim(struct device *dev, void *owner)
{
	struct list_walk_repaired *g = list_walk_repaired(dev->group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (!g->owner)
		ret = list_walk_repaired_take(g, owner);
	else if (g->owner == owner)
		g->claims++;
	else
		ret = -EPERM;
	lock_release(&g->mutex);
	return ret;
}

static inline int list_walk_repaired_device_release(struct device *dev)
{
	struct list_walk_repaired *g = list_walk_repaired(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!list_walk_repaired_users(g))
		ret = -EINVAL;
	else if (!--g->claims)
		g->owner = NULL;
	lock_release(&g->mutex);
	return ret;
}

static inline bool list_walk_repaired_claimed(struct group *group)
{
	struct list_walk_repaired *g = list_walk_repaired(group);
	bool claimed;

	lock_acquire(&g->mutex);
	claimed = g->owner;
	lock_release(&g->mutex);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "list_walk, but the walk reads flags under the mutex instead of dev->driver",
    .source = "this suite: the list walk of [PATCH v6 02/11], Feb 2022, made exact",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct list_walk_repaired),
    .device_size = sizeof(struct walked),
    .group_init = list_walk_repaired_init,
    .group_destroy = list_walk_repaired_destroy,
    .device_add = list_walk_repaired_add,
    .device_remove = list_walk_repaired_remove,
    .use_default_domain = list_walk_repaired_use,
    .unuse_default_domain = list_walk_repaired_unuse,
    .group_claim = list_walk_repaired_claim,
    .group_release = list_walk_repaired_release,
    .device_claim = list_walk_repaired_device_claim,
    .device_release = list_walk_repaired_device_release,
    .claimed = list_walk_repaired_claimed,
};
