/* SPDX-License-Identifier: MIT */
/*
 * A big-reader lock with trylocks: probe sets its device's own flag, and a user's claim reads all
 * flags.
 *
 * The readers of Concurrency Kit's brlock are threads. Here they are devices, because one thread
 * may bind a device and another remove it; device_lock admits one thread at a time. So threads need
 * not register. In ck_brlock, registration would wait until no driver holds the lock.
 *
 * Each side stores its own mark, then loads the other's, both seq_cst: at least one sees the other,
 * and backs out. Both may back out, so the design is cautious. Probe writes no shared cache line,
 * but needs a full fence. A claim takes time proportional to the group's size.
 */
#include "claimers.h"
#include "impl.h"

struct brlock_try {
	_Atomic(bool) user; /* a user owns the group, or is trying to claim it */
	struct claimers claimers;
};

struct brlock_try_device {
	_Atomic(bool) driven;
};

static inline struct brlock_try *brlock_try(struct group *group)
{
	return (struct brlock_try *)group->state;
}

static inline struct brlock_try_device *brlock_try_device(struct device *dev)
{
	return (struct brlock_try_device *)dev->state;
}

static int brlock_try_init(struct group *group)
{
	return claimers_init(&brlock_try(group)->claimers);
}

static void brlock_try_destroy(struct group *group)
{
	claimers_destroy(&brlock_try(group)->claimers);
}

static void brlock_try_add(struct group *group, struct device *dev)
{
	claimers_add(&brlock_try(group)->claimers, group, dev);
}

static void brlock_try_remove(struct group *group, struct device *dev)
{
	claimers_remove(&brlock_try(group)->claimers, dev);
}

static inline int brlock_try_use(struct device *dev)
{
	struct brlock_try *g = brlock_try(dev->group);
	struct brlock_try_device *d = brlock_try_device(dev);

	if (atomic_load_explicit(&g->user, memory_order_relaxed))
		return -EBUSY;
	/* seq_cst, here and in brlock_try_take() and brlock_try_driven(): each side stores its own
	 * mark and then loads the other's, so at least one of them sees the other. The load also
	 * acquires: it pairs with the release in brlock_try_drop(). */
	atomic_store_explicit(&d->driven, true, memory_order_seq_cst);
	if (!atomic_load_explicit(&g->user, memory_order_seq_cst))
		return 0;
	/* release: a later claim may read this store instead of the one in brlock_try_unuse(), and
	 * must still be ordered after the last driver. */
	atomic_store_explicit(&d->driven, false, memory_order_release);
	return -EBUSY;
}

static inline int brlock_try_unuse(struct device *dev)
{
	struct brlock_try_device *d = brlock_try_device(dev);

	if (!atomic_load_explicit(&d->driven, memory_order_relaxed))
		return -EINVAL;
	/* release: pairs with the load in brlock_try_driven(). */
	atomic_store_explicit(&d->driven, false, memory_order_release);
	return 0;
}

static inline bool brlock_try_driven(struct group *group)
{
	struct device *dev;

	lockdep_assert_held(&brlock_try(group)->claimers.lock);
	LIST_FOREACH (dev, &group->devices, link) {
		/* seq_cst: see brlock_try_use(). The load also acquires. It pairs with the release
		 * in brlock_try_unuse(): the driver's accesses happen before the user's. */
		if (atomic_load_explicit(&brlock_try_device(dev)->driven, memory_order_seq_cst))
			return true;
	}
	return false;
}

static inline void brlock_try_drop(struct group *group)
{
	/* release: pairs with the seq_cst load in brlock_try_use(). The user's accesses happen
	 * before a later driver's. */
	atomic_store_explicit(&brlock_try(group)->user, false, memory_order_release);
}

static inline int brlock_try_take(struct group *group)
{
	/* seq_cst: see brlock_try_use(). */
	atomic_store_explicit(&brlock_try(group)->user, true, memory_order_seq_cst);
	if (!brlock_try_driven(group))
		return 0;
	brlock_try_drop(group);
	return -EPERM;
}

static inline int brlock_try_claim(struct group *group, void *owner)
{
	return claimers_claim(&brlock_try(group)->claimers, group, owner, false, brlock_try_take);
}

static inline int brlock_try_release(struct group *group)
{
	return claimers_release(&brlock_try(group)->claimers, group, false, brlock_try_drop);
}

static inline int brlock_try_device_claim(struct device *dev, void *owner)
{
	struct group *group = dev->group;

	return claimers_claim(&brlock_try(group)->claimers, group, owner, true, brlock_try_take);
}

static inline int brlock_try_device_release(struct device *dev)
{
	struct group *group = dev->group;

	return claimers_release(&brlock_try(group)->claimers, group, true, brlock_try_drop);
}

static inline bool brlock_try_claimed(struct group *group)
{
	return claimers_claimed(&brlock_try(group)->claimers, group, brlock_try_driven);
}

static const struct impl_ops impl = {
    .summary = "a big-reader lock: each device has a flag, and a claim reads all flags",
    .source = "ck_brlock_read_trylock() of Concurrency Kit; Linux 2.4 brlock",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct brlock_try),
    .device_size = sizeof(struct brlock_try_device),
    .group_init = brlock_try_init,
    .group_destroy = brlock_try_destroy,
    .device_add = brlock_try_add,
    .device_remove = brlock_try_remove,
    .use_default_domain = brlock_try_use,
    .unuse_default_domain = brlock_try_unuse,
    .group_claim = brlock_try_claim,
    .group_release = brlock_try_release,
    .device_claim = brlock_try_device_claim,
    .device_release = brlock_try_device_release,
    .claimed = brlock_try_claimed,
};
