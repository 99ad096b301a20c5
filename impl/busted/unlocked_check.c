/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but probe checks the owner before it takes the mutex. It misses a
 * user that claims in between: then driver and user both hold the group. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

static inline int unlocked_check_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	_Atomic(void *) *owner = (_Atomic(void *) *)&g->owner; /* READ_ONCE() */

	if (atomic_load_explicit(owner, memory_order_relaxed))
		return -EBUSY;
	lock_acquire(&g->mutex);
	g->owner_cnt++;
	lock_release(&g->mutex);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but probe checks the owner before it takes the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = unlocked_check_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
