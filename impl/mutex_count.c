/* SPDX-License-Identifier: MIT */
/*
 * The kernel's design since Linux 5.19: owner_cnt and owner under group->mutex.
 *
 * Probe and remove change the count under the mutex. A claim takes the mutex too. It succeeds if
 * the count is 0 or, through a device, if the same owner already holds the group. owner is NULL
 * while drivers own the group. Each operation decides and takes effect inside one critical section,
 * so the design is exact. Its price is one lock and one cache line shared by all devices of a
 * group.
 *
 * Limit: as in drivers/iommu/iommu.c, unuse and a release through a device check only the count. If
 * they are called while the other side owns the group, they decrement the other side's count.
 * Callers that pair their calls never do this.
 */
#include "impl.h"
#include "lock/any.h"

struct mutex_count {
	struct lock mutex;
	unsigned int owner_cnt;
	void *owner;
};

static inline struct mutex_count *mutex_count(struct group *group)
{
	return (struct mutex_count *)group->state;
}

static int mutex_count_init(struct group *group)
{
	return lock_init(&mutex_count(group)->mutex);
}

static void mutex_count_destroy(struct group *group)
{
	lock_destroy(&mutex_count(group)->mutex);
}

static void mutex_count_add(struct group *group, struct device *dev)
{
	struct mutex_count *g = mutex_count(group);

	lock_acquire(&g->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->mutex);
}

static void mutex_count_remove(struct group *group, struct device *dev)
{
	struct mutex_count *g = mutex_count(group);

	lock_acquire(&g->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&g->mutex);
}

static inline int mutex_count_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner)
		ret = -EBUSY;
	else
		g->owner_cnt++;
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_unuse(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt)
		g->owner_cnt--;
	else
		ret = -EINVAL;
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_claim(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->owner_cnt) {
		ret = -EPERM;
	} else {
		g->owner = owner;
		g->owner_cnt = 1;
	}
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_drop(struct mutex_count *g)
{
	lockdep_assert_held(&g->mutex);
	if (!g->owner_cnt || !g->owner)
		return -EINVAL;
	g->owner_cnt = 0;
	g->owner = NULL;
	return 0;
}

static inline int mutex_count_release(struct group *group)
{
	struct mutex_count *g = mutex_count(group);
	int ret;

	lock_acquire(&g->mutex);
	ret = mutex_count_drop(g);
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_device_claim(struct device *dev, void *owner)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner != owner) {
		ret = -EPERM;
	} else {
		g->owner = owner;
		g->owner_cnt++;
	}
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_device_release(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt > 1)
		g->owner_cnt--;
	else
		ret = mutex_count_drop(g);
	lock_release(&g->mutex);
	return ret;
}

static inline bool mutex_count_claimed(struct group *group)
{
	struct mutex_count *g = mutex_count(group);
	bool claimed;

	lock_acquire(&g->mutex);
	claimed = g->owner_cnt > 0;
	lock_release(&g->mutex);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "the kernel's design: a count and an owner under the group's mutex",
    .source = "Linux 5.19 drivers/iommu/iommu.c, iommu_device_use_default_domain()",
    .class = CLASS_EXACT,
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
    .claimed = mutex_count_claimed,
};
