/* SPDX-License-Identifier: MIT */
/*
 * As the kernel's per-CPU rw-semaphore, through its trylocks: a reader neither shares a line nor
 * needs a fence while no writer is about, and a writer pays with a grace period. What is per CPU
 * there, with preemption off, is per device here, under its device_lock.
 *
 * A claim first bars the fast path. After the grace period every driver on it is seen, and every
 * later one takes the slow path, where it marks itself and then looks for a user. It may find one
 * that a third is about to turn away: hence cautious.
 */
#include "claimers.h"
#include "impl.h"

/* No fence in a section, nor anything to tell outside of one. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#include OVER_RCU

struct percpu_rwsem {
	_Atomic(bool) writers; /* drivers take the slow path */
	_Atomic(bool) block;   /* and are refused there */
	struct claimers claimers;
};

struct percpu_rwsem_device {
	_Atomic(bool) driven;
};

static inline struct percpu_rwsem *percpu_rwsem(struct group *group)
{
	return (struct percpu_rwsem *)group->state;
}

static inline struct percpu_rwsem_device *percpu_rwsem_device(struct device *dev)
{
	return (struct percpu_rwsem_device *)dev->state;
}

static int percpu_rwsem_init(struct group *group)
{
	return claimers_init(&percpu_rwsem(group)->claimers);
}

static void percpu_rwsem_destroy(struct group *group)
{
	claimers_destroy(&percpu_rwsem(group)->claimers);
}

static void percpu_rwsem_add(struct group *group, struct device *dev)
{
	claimers_add(&percpu_rwsem(group)->claimers, group, dev);
}

static void percpu_rwsem_remove(struct group *group, struct device *dev)
{
	claimers_remove(&percpu_rwsem(group)->claimers, dev);
}

static inline bool percpu_rwsem_fast_use(struct percpu_rwsem *g, struct percpu_rwsem_device *d)
{
	bool fast;

	reader_enter();
	/* acquire: pairs with the release in percpu_rwsem_unbar(), so that a probe comes after all
	 * that the last user did. */
	fast = !atomic_load_explicit(&g->writers, memory_order_acquire);
	if (fast)
		atomic_store_explicit(&d->driven, true, memory_order_relaxed);
	reader_leave();
	return fast;
}

static inline int percpu_rwsem_use(struct device *dev)
{
	struct percpu_rwsem *g = percpu_rwsem(dev->group);
	struct percpu_rwsem_device *d = percpu_rwsem_device(dev);

	if (percpu_rwsem_fast_use(g, d))
		return 0;
	/* seq_cst, all four here, in percpu_rwsem_take() and percpu_rwsem_driven(): each side
	 * writes its own, then reads the other's; one of them must see the other. The load is also
	 * an acquire, which pairs with the release in percpu_rwsem_unbar(). */
	atomic_store_explicit(&d->driven, true, memory_order_seq_cst);
	if (!atomic_load_explicit(&g->block, memory_order_seq_cst))
		return 0;
	/* release: hides the store in percpu_rwsem_unuse(), so it stands for that. */
	atomic_store_explicit(&d->driven, false, memory_order_release);
	return -EBUSY;
}

static inline int percpu_rwsem_unuse(struct device *dev)
{
	struct percpu_rwsem_device *d = percpu_rwsem_device(dev);

	if (!atomic_load_explicit(&d->driven, memory_order_relaxed))
		return -EINVAL;
	/* release: pairs with the load in percpu_rwsem_driven(). */
	atomic_store_explicit(&d->driven, false, memory_order_release);
	return 0;
}

static inline bool percpu_rwsem_driven(struct group *group)
{
	struct device *dev;

	lockdep_assert_held(&percpu_rwsem(group)->claimers.lock);
	LIST_FOREACH (dev, &group->devices, link) {
		/* seq_cst: see percpu_rwsem_use(). An acquire too, which pairs with the release in
		 * percpu_rwsem_unuse(), so that a user comes after all that the driver did. */
		if (atomic_load_explicit(&percpu_rwsem_device(dev)->driven, memory_order_seq_cst))
			return true;
	}
	return false;
}

static inline void percpu_rwsem_unbar(struct group *group)
{
	/* release, both: pair with the loads in percpu_rwsem_use() and percpu_rwsem_fast_use(). */
	atomic_store_explicit(&percpu_rwsem(group)->block, false, memory_order_release);
	atomic_store_explicit(&percpu_rwsem(group)->writers, false, memory_order_release);
}

static inline int percpu_rwsem_take(struct group *group)
{
	atomic_store_explicit(&percpu_rwsem(group)->writers, true, memory_order_relaxed);
	readers_wait();
	/* seq_cst: see percpu_rwsem_use(). */
	atomic_store_explicit(&percpu_rwsem(group)->block, true, memory_order_seq_cst);
	if (!percpu_rwsem_driven(group))
		return 0;
	percpu_rwsem_unbar(group);
	return -EPERM;
}

static inline int percpu_rwsem_claim(struct group *group, void *owner)
{
	return claimers_claim(
	    &percpu_rwsem(group)->claimers, group, owner, false, percpu_rwsem_take);
}

static inline int percpu_rwsem_release(struct group *group)
{
	return claimers_release(&percpu_rwsem(group)->claimers, group, false, percpu_rwsem_unbar);
}

static inline int percpu_rwsem_device_claim(struct device *dev, void *owner)
{
	struct group *group = dev->group;

	return claimers_claim(
	    &percpu_rwsem(group)->claimers, group, owner, true, percpu_rwsem_take);
}

static inline int percpu_rwsem_device_release(struct device *dev)
{
	struct group *group = dev->group;

	return claimers_release(&percpu_rwsem(group)->claimers, group, true, percpu_rwsem_unbar);
}

static inline bool percpu_rwsem_claimed(struct group *group)
{
	return claimers_claimed(&percpu_rwsem(group)->claimers, group, percpu_rwsem_driven);
}

static const struct impl_ops impl = {
    .summary = "a per-CPU rw-semaphore: no fence in probe, a claim waits for a grace period",
    .source = "Linux 5.19 kernel/locking/percpu-rwsem.c, percpu_down_read_trylock()",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .setup = readers_setup,
    .thread_register = readers_thread_register,
    .thread_unregister = readers_thread_unregister,
    .thread_quiescent = readers_quiescent,
    .thread_offline = readers_offline,
    .thread_online = readers_online,
    .group_size = sizeof(struct percpu_rwsem),
    .device_size = sizeof(struct percpu_rwsem_device),
    .group_init = percpu_rwsem_init,
    .group_destroy = percpu_rwsem_destroy,
    .device_add = percpu_rwsem_add,
    .device_remove = percpu_rwsem_remove,
    .use_default_domain = percpu_rwsem_use,
    .unuse_default_domain = percpu_rwsem_unuse,
    .group_claim = percpu_rwsem_claim,
    .group_release = percpu_rwsem_release,
    .device_claim = percpu_rwsem_device_claim,
    .device_release = percpu_rwsem_device_release,
    .claimed = percpu_rwsem_claimed,
};
