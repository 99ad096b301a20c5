/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but hotplug changes the group's list without the mutex. If two
 * devices join at once, one is lost or the list is corrupted. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static void unlocked_hotplug_add(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void unlocked_hotplug_remove(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but hotplug changes the list without the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = unlocked_hotplug_add,
    .device_remove = unlocked_hotplug_remove,
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
