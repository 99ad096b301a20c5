/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A sequence count surrounds every change of the count. claimed() reads the count
 * without the mutex, and retries if the count has changed meanwhile. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

struct seqcount {
	_Atomic(unsigned int) sequence, count;
};

static inline struct seqcount *seqcount(struct group *group)
{
	return (struct seqcount *)(mutex_count(group) + 1);
}

/* Called with the mutex held. */
static inline void seqcount_write(struct group *group)
{
	struct seqcount *s = seqcount(group);
	unsigned int sequence = atomic_load_explicit(&s->sequence, memory_order_relaxed);

	atomic_store_explicit(&s->sequence, sequence + 1, memory_order_relaxed);
	atomic_thread_fence(memory_order_release); /* as smp_wmb() in write_seqcount_begin() */
	atomic_store_explicit(&s->count, mutex_count(group)->owner_cnt, memory_order_relaxed);
	atomic_store_explicit(&s->sequence, sequence + 2, memory_order_release);
}

static bool seqcount_claimed(struct group *group)
{
	struct seqcount *s = seqcount(group);
	unsigned int begin, count;

	do {
		begin = atomic_load_explicit(&s->sequence, memory_order_acquire);
		count = atomic_load_explicit(&s->count, memory_order_relaxed);
		atomic_thread_fence(memory_order_acquire); /* as smp_rmb() */
	} while (begin % 2 || begin != atomic_load_explicit(&s->sequence, memory_order_relaxed));
	return count;
}

static int seqcount_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt && g->owner)
		ret = -EBUSY;
	else
		g->owner_cnt++;
	seqcount_write(dev->group);
	lock_release(&g->mutex);
	return ret;
}

static int seqcount_unuse(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner_cnt)
		g->owner_cnt--;
	else
		ret = -EINVAL;
	seqcount_write(dev->group);
	lock_release(&g->mutex);
	return ret;
}

/* Takes the group, or takes it once more if `nested`. */
static int seqcount_take(struct group *group, void *owner, bool nested)
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
		seqcount_write(group);
	}
	lock_release(&g->mutex);
	return ret;
}

static int seqcount_drop(struct group *group, bool all)
{
	struct mutex_count *g = mutex_count(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!g->owner_cnt || !g->owner)
		ret = -EINVAL;
	else
		g->owner_cnt = all ? 0 : g->owner_cnt - 1;
	if (!g->owner_cnt)
		g->owner = NULL;
	seqcount_write(group);
	lock_release(&g->mutex);
	return ret;
}

static int seqcount_claim(struct group *group, void *owner)
{
	return seqcount_take(group, owner, false);
}

static int seqcount_release(struct group *group)
{
	return seqcount_drop(group, true);
}

static int seqcount_device_claim(struct device *dev, void *owner)
{
	return seqcount_take(dev->group, owner, true);
}

static int seqcount_device_release(struct device *dev)
{
	return seqcount_drop(dev->group, false);
}

#define USE seqcount_use
#define UNUSE seqcount_unuse
#define CLAIM seqcount_claim
#define RELEASE seqcount_release
#define DEVICE_CLAIM seqcount_device_claim
#define DEVICE_RELEASE seqcount_device_release
#define CLAIMED seqcount_claimed
#define MORE sizeof(struct seqcount)
#include "mutex_count_with.h"
