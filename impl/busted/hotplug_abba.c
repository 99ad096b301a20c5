/* SPDX-License-Identifier: MIT */
/*
 * Negative control: mutex_count, but the list of devices has a lock of its own. Hotplug takes this
 * lock before the group's mutex, and probe takes it after. If both run concurrently, they can
 * deadlock (ABBA).
 */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

struct hotplug_abba {
	struct mutex_count count;
	struct lock list;
};

static inline struct lock *hotplug_abba_list(struct group *group)
{
	return &((struct hotplug_abba *)group->state)->list;
}

static int hotplug_abba_init(struct group *group)
{
	int ret = mutex_count_init(group);

	return ret ? ret : lock_init(hotplug_abba_list(group));
}

static void hotplug_abba_destroy(struct group *group)
{
	lock_destroy(hotplug_abba_list(group));
	mutex_count_destroy(group);
}

static void hotplug_abba_add(struct group *group, struct device *dev)
{
	struct mutex_count *g = mutex_count(group);

	lock_acquire(hotplug_abba_list(group));
	lock_acquire(&g->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->mutex);
	lock_release(hotplug_abba_list(group));
}

static void hotplug_abba_remove(struct group *group, struct device *dev)
{
	lock_acquire(hotplug_abba_list(group));
	LIST_REMOVE(dev, link);
	lock_release(hotplug_abba_list(group));
}

static inline int hotplug_abba_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	lock_acquire(hotplug_abba_list(dev->group));
	if (g->owner_cnt && g->owner)
		ret = -EBUSY;
	else
		g->owner_cnt++;
	lock_release(hotplug_abba_list(dev->group));
	lock_release(&g->mutex);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but hotplug and probe take two locks in opposite orders",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct hotplug_abba),
    .group_init = hotplug_abba_init,
    .group_destroy = hotplug_abba_destroy,
    .device_add = hotplug_abba_add,
    .device_remove = hotplug_abba_remove,
    .use_default_domain = hotplug_abba_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
