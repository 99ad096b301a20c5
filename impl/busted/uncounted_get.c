/* SPDX-License-Identifier: MIT */
/*
 * Negative control: mutex_count, but only the first driver of a group is counted, while each remove
 * drops a count. When the first of two drivers leaves, the group looks idle, and a user's claim
 * succeeds while the second driver is still bound.
 */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline int uncounted_get_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner)
		ret = -EBUSY;
	else
		g->owner_cnt = 1;
	lock_release(&g->mutex);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but only the first driver of a group is counted",
    .source = "negative control; a fault that dmaengine's channel counts once had",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = uncounted_get_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
