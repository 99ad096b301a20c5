/* SPDX-License-Identifier: MIT */
/* Its use never gets beyond its fences: no other thread can tell. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int fences_for_ever_use(struct device *dev)
{
	while (dev)
		atomic_thread_fence(memory_order_seq_cst);
	return 0;
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
    .use_default_domain = fences_for_ever_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
