/* SPDX-License-Identifier: MIT */
/* mutex_count, but a probe takes the mutex within a read-side section, and a claim waits for
 * readers while it holds the mutex: the two can deadlock. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl
#include "rcu/any.h"

static int grace_abba_use(struct device *dev)
{
	int ret;

	reader_enter();
	ret = mutex_count_use(dev);
	reader_leave();
	return ret;
}

static int grace_abba_claim(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);
	int ret = -EPERM;

	lock_acquire(&g->mutex);
	readers_wait();
	if (!g->owner_cnt) {
		g->owner = owner;
		g->owner_cnt = 1;
		ret = 0;
	}
	lock_release(&g->mutex);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "a grace period and a lock in two orders",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .group_init = mutex_count_init,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = grace_abba_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = grace_abba_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
