/* SPDX-License-Identifier: MIT */
/*
 * A count and an owner under a lock, as in mutex_count. The including file has included impl.h,
 * and defines
 *
 *	struct own                            the lock
 *	own_init(), own_take(), own_drop()    its functions
 *	OWN_SUMMARY                           one line about it
 */
#ifndef RIGHT_COUNT_UNDER_H
#define RIGHT_COUNT_UNDER_H

struct counted {
	struct own lock;
	unsigned int count;
	void *owner;
};

static inline struct counted *counted(struct group *group)
{
	return (struct counted *)group->state;
}

static int counted_init(struct group *group)
{
	own_init(&counted(group)->lock);
	return 0;
}

static void counted_add(struct group *group, struct device *dev)
{
	own_take(&counted(group)->lock);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	own_drop(&counted(group)->lock);
}

static void counted_remove(struct group *group, struct device *dev)
{
	own_take(&counted(group)->lock);
	LIST_REMOVE(dev, link);
	own_drop(&counted(group)->lock);
}

/* Adds a share of `owner`; NULL stands for all drivers. Returns `refused` if others hold the group,
 * or if anyone does and `alone` is set. */
static inline int counted_get(struct group *group, void *owner, bool alone, int refused)
{
	struct counted *g = counted(group);
	int ret = 0;

	own_take(&g->lock);
	if (g->count && (alone || g->owner != owner)) {
		ret = refused;
	} else {
		g->owner = owner;
		g->count++;
	}
	own_drop(&g->lock);
	return ret;
}

/* Takes a share away, or all of them. Returns 0, or -EINVAL if there is none. */
static inline int counted_put(struct group *group, bool user, bool all)
{
	struct counted *g = counted(group);
	int ret = 0;

	own_take(&g->lock);
	if (!g->count || user != !!g->owner)
		ret = -EINVAL;
	else
		g->count -= all ? g->count : 1;
	if (!g->count)
		g->owner = NULL;
	own_drop(&g->lock);
	return ret;
}

static int counted_use(struct device *dev)
{
	return counted_get(dev->group, NULL, false, -EBUSY);
}

static int counted_unuse(struct device *dev)
{
	return counted_put(dev->group, false, false);
}

static int counted_claim(struct group *group, void *owner)
{
	return owner ? counted_get(group, owner, true, -EPERM) : -EINVAL;
}

static int counted_release(struct group *group)
{
	return counted_put(group, true, true);
}

static int counted_device_claim(struct device *dev, void *owner)
{
	return owner ? counted_get(dev->group, owner, false, -EPERM) : -EINVAL;
}

static int counted_device_release(struct device *dev)
{
	return counted_put(dev->group, true, false);
}

static bool counted_claimed(struct group *group)
{
	struct counted *g = counted(group);
	bool claimed;

	own_take(&g->lock);
	claimed = g->count;
	own_drop(&g->lock);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = OWN_SUMMARY,
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct counted),
    .group_init = counted_init,
    .device_add = counted_add,
    .device_remove = counted_remove,
    .use_default_domain = counted_use,
    .unuse_default_domain = counted_unuse,
    .group_claim = counted_claim,
    .group_release = counted_release,
    .device_claim = counted_device_claim,
    .device_release = counted_device_release,
    .claimed = counted_claimed,
};

#endif
