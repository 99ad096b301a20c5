/* SPDX-License-Identifier: MIT */
/* mutex_count with a second lock, which a claim takes in the opposite order: a claim and a probe
 * can deadlock. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

struct abba {
	struct mutex_count right;
	struct lock other;
};

static inline struct lock *other(struct group *group)
{
	return &((struct abba *)group->state)->other;
}

static int abba_init(struct group *group)
{
	return mutex_count_init(group) ? -ENOMEM : lock_init(other(group));
}

static int abba_use(struct device *dev)
{
	int ret;

	lock_acquire(other(dev->group));
	ret = mutex_count_use(dev);
	lock_release(other(dev->group));
	return ret;
}

static int abba_claim(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);
	int ret = -EPERM;

	lock_acquire(&g->mutex);
	lock_acquire(other(group));
	if (!g->owner_cnt) {
		g->owner = owner;
		g->owner_cnt = 1;
		ret = 0;
	}
	lock_release(other(group));
	lock_release(&g->mutex);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "two locks in two orders",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct abba),
    .group_init = abba_init,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = abba_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = abba_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
