/* SPDX-License-Identifier: MIT */
/*
 * The owner and the count are two words. Under a lock, the owner is stored first, and then the
 * count. A probe loads the count first, and then the owner, without the lock. If a user owns the
 * group, the probe is refused. The including file defines SUMMARY, and the memory orders of the
 * count: WRITE for the store that follows the owner's store, ADD for other stores, and READ for the
 * load. With release and acquire the design is correct.
 */
#include "device_list.h"
#include "impl.h"

struct two_words {
	struct lock lock;
	_Atomic(void *) owner; /* NULL: drivers. Valid only while cnt > 0; not cleared at 0 */
	_Atomic(unsigned int) cnt;
};

static inline struct two_words *two_words(struct group *group)
{
	return (struct two_words *)group->state;
}

static int two_words_init(struct group *group)
{
	return lock_init(&two_words(group)->lock);
}

static void two_words_destroy(struct group *group)
{
	lock_destroy(&two_words(group)->lock);
}

static void two_words_add(struct group *group, struct device *dev)
{
	device_list_add(&two_words(group)->lock, group, dev);
}

static void two_words_remove(struct group *group, struct device *dev)
{
	device_list_remove(&two_words(group)->lock, dev);
}

static inline unsigned int two_words_count(struct two_words *g)
{
	return atomic_load_explicit(&g->cnt, memory_order_relaxed);
}

/* Returns the owner, or NULL for drivers. If the count is 0, returns the last owner. */
static inline void *two_words_owner(struct two_words *g)
{
	return atomic_load_explicit(&g->owner, memory_order_relaxed);
}

/* Adds one to the count of this owner. Returns `refused` if another owner has the group. Called
 * with the lock held. */
static inline int two_words_get(struct two_words *g, void *owner, int refused)
{
	const unsigned int cnt = two_words_count(g);

	if (cnt && two_words_owner(g) != owner)
		return refused;
	if (cnt) {
		atomic_store_explicit(&g->cnt, cnt + 1, ADD);
	} else {
		atomic_store_explicit(&g->owner, owner, memory_order_relaxed);
		atomic_store_explicit(&g->cnt, 1, WRITE);
	}
	return 0;
}

static int two_words_use(struct device *dev)
{
	struct two_words *g = two_words(dev->group);
	int ret;

	if (atomic_load_explicit(&g->cnt, READ) && two_words_owner(g))
		return -EBUSY;
	lock_acquire(&g->lock);
	ret = two_words_get(g, NULL, -EBUSY);
	lock_release(&g->lock);
	return ret;
}

/* Drops one of the user's or the drivers' counts, or all of them. Returns 0, or -EINVAL if that
 * side does not own the group. */
static int two_words_put(struct two_words *g, bool user, bool all)
{
	unsigned int cnt;
	int ret = -EINVAL;

	lock_acquire(&g->lock);
	cnt = two_words_count(g);
	if (cnt && !!two_words_owner(g) == user) {
		atomic_store_explicit(&g->cnt, all ? 0 : cnt - 1, ADD);
		ret = 0;
	}
	lock_release(&g->lock);
	return ret;
}

static int two_words_unuse(struct device *dev)
{
	return two_words_put(two_words(dev->group), false, false);
}

static int two_words_claim(struct group *group, void *owner)
{
	struct two_words *g = two_words(group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->lock);
	ret = two_words_count(g) ? -EPERM : two_words_get(g, owner, -EPERM);
	lock_release(&g->lock);
	return ret;
}

static int two_words_release(struct group *group)
{
	return two_words_put(two_words(group), true, true);
}

static int two_words_device_claim(struct device *dev, void *owner)
{
	struct two_words *g = two_words(dev->group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->lock);
	ret = two_words_get(g, owner, -EPERM);
	lock_release(&g->lock);
	return ret;
}

static int two_words_device_release(struct device *dev)
{
	return two_words_put(two_words(dev->group), true, false);
}

static bool two_words_claimed(struct group *group)
{
	return two_words_count(two_words(group));
}

static const struct impl_ops impl = {
    .summary = SUMMARY,
    .source = "negative control",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct two_words),
    .group_init = two_words_init,
    .group_destroy = two_words_destroy,
    .device_add = two_words_add,
    .device_remove = two_words_remove,
    .use_default_domain = two_words_use,
    .unuse_default_domain = two_words_unuse,
    .group_claim = two_words_claim,
    .group_release = two_words_release,
    .device_claim = two_words_device_claim,
    .device_release = two_words_device_release,
    .claimed = two_words_claimed,
};
