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

struct share_count {
	struct own lock;
	unsigned int count;
	void *owner;
};

static inline struct share_count *share_count(struct group *group)
{
	return (struct share_count *)group->state;
}

static int share_count_init(struct group *group)
{
	own_init(&share_count(group)->lock);
	return 0;
}

static void share_count_add(struct group *group, struct device *dev)
{
	own_take(&share_count(group)->lock);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	own_drop(&share_count(group)->lock);
}

static void share_count_remove(struct group *group, struct device *dev)
{
	own_take(&share_count(group)->lock);
	LIST_REMOVE(dev, link);
	own_drop(&share_count(group)->lock);
}

/* Adds one to the count of `owner`; NULL stands for the drivers. Returns `refused` if another owner
 * has the group, or if `alone` is set and any owner has it. */
static inline int share_count_get(struct group *group, void *owner, bool alone, int refused)
{
	struct share_count *g = share_count(group);
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

/* Subtracts one from the count, or all of it. Returns 0, or -EINVAL if that side does not own the
 * group. */
static inline int share_count_put(struct group *group, bool user, bool all)
{
	struct share_count *g = share_count(group);
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

static int share_count_use(struct device *dev)
{
	return share_count_get(dev->group, NULL, false, -EBUSY);
}

static int share_count_unuse(struct device *dev)
{
	return share_count_put(dev->group, false, false);
}

static int share_count_claim(struct group *group, void *owner)
{
	return owner ? share_count_get(group, owner, true, -EPERM) : -EINVAL;
}

static int share_count_release(struct group *group)
{
	return share_count_put(group, true, true);
}

static int share_count_device_claim(struct device *dev, void *owner)
{
	return owner ? share_count_get(dev->group, owner, false, -EPERM) : -EINVAL;
}

static int share_count_device_release(struct device *dev)
{
	return share_count_put(dev->group, true, false);
}

static bool share_count_claimed(struct group *group)
{
	struct share_count *g = share_count(group);
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
    .group_size = sizeof(struct share_count),
    .group_init = share_count_init,
    .device_add = share_count_add,
    .device_remove = share_count_remove,
    .use_default_domain = share_count_use,
    .unuse_default_domain = share_count_unuse,
    .group_claim = share_count_claim,
    .group_release = share_count_release,
    .device_claim = share_count_device_claim,
    .device_release = share_count_device_release,
    .claimed = share_count_claimed,
};

#endif
