/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but the count has five bits. With 32 drivers bound, the count is
 * 0: the group looks idle, and a user's claim succeeds. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

enum { NARROW_COUNTS = 32 };

static inline int narrow_count_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner)
		ret = -EBUSY;
	else
		g->owner_cnt = (g->owner_cnt + 1) % NARROW_COUNTS;
	lock_release(&g->mutex);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but the count has five bits",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = narrow_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
