/* SPDX-License-Identifier: MIT */
/* Right, but each use stores to more places than there used to be room for. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static inline unsigned char *wide(struct group *group)
{
	return &group->state[sizeof(struct mutex_count)];
}

static int stores_wide_use(struct device *dev)
{
	for (int i = 0; i < 300; i++)
		atomic_store_explicit(
		    (_Atomic(unsigned char) *)&wide(dev->group)[i], 1, memory_order_relaxed);
	return mutex_count_use(dev);
}

static const struct impl_ops impl = {
    .summary = "toy",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count) + 300,
    .group_init = mutex_count_init,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = stores_wide_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
