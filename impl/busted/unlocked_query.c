/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but claimed() reads the count without the mutex, as a plain
 * object. mutex_count_atomic is the correct design of this kind. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline bool unlocked_query_claimed(struct group *group)
{
	return mutex_count(group)->owner_cnt > 0;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but claimed() reads the plain count without the mutex",
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
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = unlocked_query_claimed,
};
