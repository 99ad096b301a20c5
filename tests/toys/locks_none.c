/* SPDX-License-Identifier: MIT */
/* Its use locks what is no device. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl
#include "held.h"

static int locks_none_use(struct device *dev)
{
	device_lock_assert(dev + 1);
	return mutex_count_use(dev);
}

static const struct impl_ops impl = {
    .summary = "toy",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = locks_none_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
