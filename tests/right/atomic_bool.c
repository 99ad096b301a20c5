/* SPDX-License-Identifier: MIT */
/* Verdict: exact. claimed() reads an _Atomic bool without the mutex, partly by plain C operators,
 * which are sequentially consistent. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static inline _Atomic(bool) *held(struct group *group)
{
	return (_Atomic(bool) *)(mutex_count(group) + 1);
}

static int held_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner)
		ret = -EBUSY;
	else
		g->owner_cnt++;
	*held(dev->group) = g->owner_cnt > 0;
	lock_release(&g->mutex);
	return ret;
}

static int held_unuse(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt)
		g->owner_cnt--;
	else
		ret = -EINVAL;
	atomic_store(held(dev->group), g->owner_cnt > 0);
	lock_release(&g->mutex);
	return ret;
}

/* Takes the group, or takes it once more if `nested`. */
static int held_take(struct group *group, void *owner, bool nested)
{
	struct mutex_count *g = mutex_count(group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->owner_cnt && (!nested || g->owner != owner)) {
		ret = -EPERM;
	} else {
		g->owner = owner;
		g->owner_cnt++;
		atomic_exchange_explicit(held(group), true, memory_order_relaxed);
	}
	lock_release(&g->mutex);
	return ret;
}

static int held_drop(struct group *group, bool all)
{
	struct mutex_count *g = mutex_count(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!g->owner_cnt || !g->owner)
		ret = -EINVAL;
	else
		g->owner_cnt = all ? 0 : g->owner_cnt - 1;
	if (!g->owner_cnt) {
		g->owner = NULL;
		*held(group) = false;
	}
	lock_release(&g->mutex);
	return ret;
}

static int held_claim(struct group *group, void *owner)
{
	return held_take(group, owner, false);
}

static int held_release(struct group *group)
{
	return held_drop(group, true);
}

static int held_device_claim(struct device *dev, void *owner)
{
	return held_take(dev->group, owner, true);
}

static int held_device_release(struct device *dev)
{
	return held_drop(dev->group, false);
}

static bool held_claimed(struct group *group)
{
	return *held(group);
}

#define USE held_use
#define UNUSE held_unuse
#define CLAIM held_claim
#define RELEASE held_release
#define DEVICE_CLAIM held_device_claim
#define DEVICE_RELEASE held_device_release
#define CLAIMED held_claimed
#define MORE sizeof(bool)
#include "mutex_count_with.h"
