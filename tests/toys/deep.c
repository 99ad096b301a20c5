/* SPDX-License-Identifier: MIT */
/* A claim needs more stack than there is, and would write on that of another thread. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int deep(volatile char *above, int levels)
{
	volatile char frame[1024];

	frame[0] = *above;
	return levels ? deep(frame, levels - 1) + frame[0] : 0;
}

static int deep_claim(struct group *group, void *owner)
{
	volatile char none = 0;

	return mutex_count_claim(group, owner) ? -EPERM : deep(&none, 100);
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
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = deep_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
