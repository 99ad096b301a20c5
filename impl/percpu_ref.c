/* SPDX-License-Identifier: MIT */
/*
 * Ownership by a percpu_ref, as in the kernel. Drivers hold references, which are counted without a
 * shared cache line or a fence. A claim kills the percpu_ref, waits for a grace period, and sums
 * the counts up. If drivers still hold references, it resurrects the percpu_ref and is refused.
 *
 * The kernel counts per CPU with preemption disabled. Here a count is per device, under its
 * device_lock. A read-side section encloses the check of `dead` and the count, so after the grace
 * period every earlier count is visible to the claim, and later probes see `dead`.
 *
 * The design is cautious: from the kill on, probes are refused, although the claim may itself be
 * refused after the grace period. Limit: a claim takes a grace period.
 *
 * Source: Linux 5.19 lib/percpu-refcount.c.
 */
#include "claimers.h"
#include "impl.h"

/* urcu_memb: a section needs no fence, and a thread outside sections has nothing to report. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#include OVER_RCU

struct percpu_ref {
	_Atomic(bool) dead; /* probes are refused, and removes decrement the group's count */
	_Atomic(long) count;
	struct claimers claimers;
};

struct percpu_ref_device {
	_Atomic(long) count; /* references since the last move to the group's count; may be -1 */
	bool driven;         /* guarded by device_lock */
};

static inline struct percpu_ref *percpu_ref(struct group *group)
{
	return (struct percpu_ref *)group->state;
}

static inline struct percpu_ref_device *percpu_ref_device(struct device *dev)
{
	return (struct percpu_ref_device *)dev->state;
}

static int percpu_ref_init(struct group *group)
{
	return claimers_init(&percpu_ref(group)->claimers);
}

static void percpu_ref_destroy(struct group *group)
{
	claimers_destroy(&percpu_ref(group)->claimers);
}

static void percpu_ref_add(struct group *group, struct device *dev)
{
	claimers_add(&percpu_ref(group)->claimers, group, dev);
}

/* Moves a device's count to the group. Called with claimers.lock held, when no open section can
 * change that count. */
static inline void percpu_ref_sum_up(struct group *group, struct device *dev)
{
	_Atomic(long) *local = &percpu_ref_device(dev)->count;
	long n = atomic_load_explicit(local, memory_order_relaxed);

	lockdep_assert_held(&percpu_ref(group)->claimers.lock);
	atomic_store_explicit(local, 0, memory_order_relaxed);
	atomic_fetch_add_explicit(&percpu_ref(group)->count, n, memory_order_relaxed);
}

static void percpu_ref_remove(struct group *group, struct device *dev)
{
	struct claimers *claimers = &percpu_ref(group)->claimers;

	lock_acquire(&claimers->lock);
	LIST_REMOVE(dev, link);
	percpu_ref_sum_up(group, dev); /* the device is bound to no driver */
	lock_release(&claimers->lock);
}

/* Adds n to the device's count. Called in a read-side section. No read-modify-write is needed:
 * device_lock admits one thread at a time. */
static inline void percpu_ref_count(struct device *dev, long n)
{
	struct percpu_ref_device *d = percpu_ref_device(dev);
	long count = atomic_load_explicit(&d->count, memory_order_relaxed);

	device_lock_assert(dev);
	atomic_store_explicit(&d->count, count + n, memory_order_relaxed);
}

static inline int percpu_ref_use(struct device *dev)
{
	struct percpu_ref_device *d = percpu_ref_device(dev);
	bool dead;

	reader_enter();
	/* acquire: pairs with the release in percpu_ref_resurrect(), so that the last user's
	 * accesses happen before this driver's. */
	dead = atomic_load_explicit(&percpu_ref(dev->group)->dead, memory_order_acquire);
	if (!dead)
		percpu_ref_count(dev, 1);
	reader_leave();
	if (dead)
		return -EBUSY;
	d->driven = true;
	return 0;
}

static inline int percpu_ref_unuse(struct device *dev)
{
	struct percpu_ref *g = percpu_ref(dev->group);
	struct percpu_ref_device *d = percpu_ref_device(dev);

	if (!d->driven)
		return -EINVAL;
	d->driven = false;
	reader_enter();
	/* acquire: pairs with the release in percpu_ref_resurrect(). The device's count was summed
	 * up before that release. */
	if (!atomic_load_explicit(&g->dead, memory_order_acquire))
		percpu_ref_count(dev, -1);
	else
		/* release: pairs with the acquire in percpu_ref_take(). */
		atomic_fetch_sub_explicit(&g->count, 1, memory_order_release);
	reader_leave();
	return 0;
}

static inline void percpu_ref_resurrect(struct group *group)
{
	/* release: pairs with the acquires in percpu_ref_use() and percpu_ref_unuse(). */
	atomic_store_explicit(&percpu_ref(group)->dead, false, memory_order_release);
}

static inline int percpu_ref_take(struct group *group)
{
	struct percpu_ref *g = percpu_ref(group);
	struct device *dev;

	atomic_store_explicit(&g->dead, true, memory_order_relaxed);
	readers_wait();
	LIST_FOREACH (dev, &group->devices, link)
		percpu_ref_sum_up(group, dev);
	/* acquire: pairs with the release in percpu_ref_unuse(), so that the drivers' accesses
	 * happen before the user's. */
	if (!atomic_load_explicit(&g->count, memory_order_acquire))
		return 0;
	percpu_ref_resurrect(group);
	return -EPERM;
}

/* For reporting only, because the counts keep changing. */
static inline bool percpu_ref_driven(struct group *group)
{
	long sum = atomic_load_explicit(&percpu_ref(group)->count, memory_order_relaxed);
	struct device *dev;

	LIST_FOREACH (dev, &group->devices, link)
		sum += atomic_load_explicit(&percpu_ref_device(dev)->count, memory_order_relaxed);
	return sum != 0;
}

static inline int percpu_ref_claim(struct group *group, void *owner)
{
	return claimers_claim(&percpu_ref(group)->claimers, group, owner, false, percpu_ref_take);
}

static inline int percpu_ref_release(struct group *group)
{
	return claimers_release(&percpu_ref(group)->claimers, group, false, percpu_ref_resurrect);
}

static inline int percpu_ref_device_claim(struct device *dev, void *owner)
{
	struct group *group = dev->group;

	return claimers_claim(&percpu_ref(group)->claimers, group, owner, true, percpu_ref_take);
}

static inline int percpu_ref_device_release(struct device *dev)
{
	struct group *group = dev->group;

	return claimers_release(&percpu_ref(group)->claimers, group, true, percpu_ref_resurrect);
}

static inline bool percpu_ref_claimed(struct group *group)
{
	return claimers_claimed(&percpu_ref(group)->claimers, group, percpu_ref_driven);
}

static const struct impl_ops impl = {
    .summary = "per-CPU reference counts; a claim kills the reference, waits for a grace period "
	       "and sums the counts",
    .source = "Linux 5.19 lib/percpu-refcount.c, percpu_ref_tryget_live()",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .setup = readers_setup,
    .thread_register = readers_thread_register,
    .thread_unregister = readers_thread_unregister,
    .thread_quiescent = readers_quiescent,
    .thread_offline = readers_offline,
    .thread_online = readers_online,
    .group_size = sizeof(struct percpu_ref),
    .device_size = sizeof(struct percpu_ref_device),
    .group_init = percpu_ref_init,
    .group_destroy = percpu_ref_destroy,
    .device_add = percpu_ref_add,
    .device_remove = percpu_ref_remove,
    .use_default_domain = percpu_ref_use,
    .unuse_default_domain = percpu_ref_unuse,
    .group_claim = percpu_ref_claim,
    .group_release = percpu_ref_release,
    .device_claim = percpu_ref_device_claim,
    .device_release = percpu_ref_device_release,
    .claimed = percpu_ref_claimed,
};
