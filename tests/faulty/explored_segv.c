/* SPDX-License-Identifier: MIT */
/* Correct in a run. In the explorer, a successful claim dereferences an invalid pointer. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

#ifdef OWNBENCH_EXPLORED
static int *volatile nowhere;
#endif

static int explored_segv_claim(struct group *group, void *owner)
{
	int ret = mutex_count_claim(group, owner);

#ifdef OWNBENCH_EXPLORED
	if (!ret)
		return *nowhere;
#endif
	return ret;
}

static const struct impl_ops impl = {
    .summary = "crashes in the explorer",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = explored_segv_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
