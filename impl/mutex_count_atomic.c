/* SPDX-License-Identifier: MIT */
/*
 * mutex_count with a count that is atomic although the mutex guards it. This shows what the atomic
 * count costs (claim C11), and what it allows: claimed() reads the count without the mutex (claim
 * C10).
 *
 * Relaxed order is enough: every thread that changes the count holds the mutex, and claimed() is
 * for reporting only.
 */
#include "impl.h"
#include "lock/pthread_mutex.h"

struct mutex_count_atomic {
	struct lock mutex;
	_Atomic(unsigned int) owner_cnt;
	void *owner;
};

static inline struct mutex_count_atomic *mutex_count_atomic(struct group *group)
{
	return (struct mutex_count_atomic *)group->state;
}

static int mutex_count_atomic_init(struct group *group)
{
	return lock_init(&mutex_count_atomic(group)->mutex);
}

static void mutex_count_atomic_destroy(struct group *group)
{
	lock_destroy(&mutex_count_atomic(group)->mutex);
}

static void mutex_count_atomic_add(struct group *group, struct device *dev)
{
	struct mutex_count_atomic *g = mutex_count_atomic(group);

	lock_acquire(&g->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->mutex);
}

static void mutex_count_atomic_remove(struct group *group, struct device *dev)
{
	struct mutex_count_atomic *g = mutex_count_atomic(group);

	lock_acquire(&g->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&g->mutex);
}

static inline unsigned int owner_cnt(struct mutex_count_atomic *g)
{
	return atomic_load_explicit(&g->owner_cnt, memory_order_relaxed);
}

static inline int mutex_count_atomic_use(struct device *dev)
{
	struct mutex_count_atomic *g = mutex_count_atomic(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (owner_cnt(g) && g->owner)
		ret = -EBUSY;
	else
		atomic_fetch_add_explicit(&g->owner_cnt, 1, memory_order_relaxed);
	lock_release(&g->mutex);
	return ret;
}

/* Does not check the owner. The kernel does not either, and mutex_count keeps this bug too: an
 * unpaired unuse decrements a user's count. */
static inline int mutex_count_atomic_unuse(struct device *dev)
{
	struct mutex_count_atomic *g = mutex_count_atomic(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (owner_cnt(g))
		atomic_fetch_sub_explicit(&g->owner_cnt, 1, memory_order_relaxed);
	else
		ret = -EINVAL;
	lock_release(&g->mutex);
	return ret;
}

/* If `nested`, the claim is made through a device, and further claims by the same owner are
 * counted. */
static inline int mutex_count_atomic_take(struct group *group, void *owner, bool nested)
{
	struct mutex_count_atomic *g = mutex_count_atomic(group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (owner_cnt(g) && (!nested || g->owner != owner)) {
		ret = -EPERM;
	} else {
		g->owner = owner;
		atomic_fetch_add_explicit(&g->owner_cnt, 1, memory_order_relaxed);
	}
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_atomic_drop(struct mutex_count_atomic *g)
{
	lockdep_assert_held(&g->mutex);
	if (!owner_cnt(g) || !g->owner)
		return -EINVAL;
	g->owner = NULL;
	atomic_store_explicit(&g->owner_cnt, 0, memory_order_relaxed);
	return 0;
}

static inline int mutex_count_atomic_claim(struct group *group, void *owner)
{
	return mutex_count_atomic_take(group, owner, false);
}

static inline int mutex_count_atomic_release(struct group *group)
{
	struct mutex_count_atomic *g = mutex_count_atomic(group);
	int ret;

	lock_acquire(&g->mutex);
	ret = mutex_count_atomic_drop(g);
	lock_release(&g->mutex);
	return ret;
}

static inline int mutex_count_atomic_device_claim(struct device *dev, void *owner)
{
	return mutex_count_atomic_take(dev->group, owner, true);
}

static inline int mutex_count_atomic_device_release(struct device *dev)
{
	struct mutex_count_atomic *g = mutex_count_atomic(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (owner_cnt(g) > 1)
		atomic_fetch_sub_explicit(&g->owner_cnt, 1, memory_order_relaxed);
	else
		ret = mutex_count_atomic_drop(g);
	lock_release(&g->mutex);
	return ret;
}

static inline bool mutex_count_atomic_claimed(struct group *group)
{
	return owner_cnt(mutex_count_atomic(group)) > 0;
}

static const struct impl_ops impl = {
    .summary = "mutex_count with an atomic count, which claimed() reads without the mutex",
    .source = "this suite, for claims C10 and C11 of the thread of [PATCH v6 02/11], Feb 2022",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count_atomic),
    .group_init = mutex_count_atomic_init,
    .group_destroy = mutex_count_atomic_destroy,
    .device_add = mutex_count_atomic_add,
    .device_remove = mutex_count_atomic_remove,
    .use_default_domain = mutex_count_atomic_use,
    .unuse_default_domain = mutex_count_atomic_unuse,
    .group_claim = mutex_count_atomic_claim,
    .group_release = mutex_count_atomic_release,
    .device_claim = mutex_count_atomic_device_claim,
    .device_release = mutex_count_atomic_device_release,
    .claimed = mutex_count_atomic_claimed,
};
