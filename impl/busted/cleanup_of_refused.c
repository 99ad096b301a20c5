/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but a refused probe runs the cleanup. The kernel's unuse does not
 * check the owner, so the cleanup decrements the user's count. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline int cleanup_of_refused_use(struct device *dev)
{
	int ret = mutex_count_use(dev);

	if (ret)
		mutex_count_unuse(dev);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a refused probe runs the cleanup too",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = cleanup_of_refused_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
