/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but a release clears the owner after it has released the mutex. It
 * can clear the owner that the next claim has stored. That claim then cannot be released. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline int owner_after_unlock_release(struct group *group)
{
	struct mutex_count *g = mutex_count(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!g->owner_cnt || !g->owner)
		ret = -EINVAL;
	else
		g->owner_cnt = 0;
	lock_release(&g->mutex);
	if (!ret)
		g->owner = NULL;
	return ret;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a release clears the owner after the unlock",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = owner_after_unlock_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
