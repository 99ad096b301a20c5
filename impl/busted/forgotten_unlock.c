/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but a probe that is refused returns with the mutex held. The next
 * operation on the group waits forever. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline int forgotten_unlock_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);

	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner)
		return -EBUSY;
	g->owner_cnt++;
	lock_release(&g->mutex);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a refused probe does not release the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = forgotten_unlock_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
