/* SPDX-License-Identifier: MIT */
/* A claim ends the process, as a check in a library may. */
#include <unistd.h>

#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int exits_claim(struct group *group, void *owner)
{
	if (!mutex_count_claim(group, owner))
		_exit(3);
	return -EPERM;
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
    .group_claim = exits_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
