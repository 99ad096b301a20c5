/* SPDX-License-Identifier: MIT */
/*
 * A big-reader lock: every reader has a flag on a line of its own, and the writer reads them all.
 * In Concurrency Kit's a reader is a thread; here it is a device, for it may be bound by one thread
 * and removed by another, while its device_lock admits one at a time. So no reader has to register
 * either, which there means to wait until all drivers are unbound.
 *
 * Each side marks itself, then looks for the other: both may be refused. Hence cautious.
 */
#include "claimers.h"
#include "impl.h"

struct brlock_try {
	_Atomic(bool) user; /* one owns the group, or is about to be refused */
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
	/* seq_cst, all four here, in brlock_try_take() and brlock_try_driven(): each side writes
	 * its own, then reads the other's; one of them must see the other. The load is also an
	 * acquire, which pairs with the release in brlock_try_drop(). */
	atomic_store_explicit(&d->driven, true, memory_order_seq_cst);
	if (!atomic_load_explicit(&g->user, memory_order_seq_cst))
		return 0;
	/* release: hides the store in brlock_try_unuse(), so it stands for that. */
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
		/* seq_cst: see brlock_try_use(). An acquire too, which pairs with the release in
		 * brlock_try_unuse(), so that a user comes after all that the driver did. */
		if (atomic_load_explicit(&brlock_try_device(dev)->driven, memory_order_seq_cst))
			return true;
	}
	return false;
}

static inline void brlock_try_drop(struct group *group)
{
	/* release: pairs with the seq_cst load in brlock_try_use(), so that a probe comes after all
	 * that the user did. */
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
    .summary = "a big-reader lock: a flag for each device, a user reads them all",
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
