/* SPDX-License-Identifier: MIT */
/* mutex_count, but claimed() returns with the mutex held. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static bool keeps_lock_claimed(struct group *group)
{
	struct mutex_count *g = mutex_count(group);

	lock_acquire(&g->mutex);
	return g->owner_cnt > 0;
}

static const struct impl_ops impl = {
    .summary = "a lock that is not put back",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = mutex_count_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = keeps_lock_claimed,
};
