/* SPDX-License-Identifier: MIT */
/*
 * Ownership by a per-CPU rw-semaphore, through its trylocks: drivers are readers, a user is the
 * writer. While there is no writer, a reader writes no shared cache line and needs no fence. The
 * writer pays with a grace period.
 *
 * The kernel counts readers per CPU with preemption disabled. Here a reader's mark is per device,
 * under its device_lock.
 *
 * A claim first sets `writers`, which closes the fast path, and waits for a grace period. After
 * that, every driver that took the fast path is visible, and later ones take the slow path: they
 * set their mark and then check `block`. The claim sets `block` and then reads the marks, so at
 * least one side sees the other. A claim can refuse a driver although the claim is then refused
 * because of another driver, so the design is cautious.
 *
 * Source: percpu_down_read_trylock() in Linux 5.19 kernel/locking/percpu-rwsem.c.
 */
#include "claimers.h"
#include "impl.h"

/* urcu_memb: a section needs no fence, and a thread outside sections has nothing to report. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#include OVER_RCU

struct percpu_rwsem {
	_Atomic(bool) writers; /* drivers must take the slow path */
	_Atomic(bool) block;   /* drivers on the slow path are refused */
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
	/* acquire: pairs with the release in percpu_rwsem_unbar(), so that the last user's accesses
	 * happen before this driver's. */
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
	/* seq_cst, here and in percpu_rwsem_take() and percpu_rwsem_driven(): each side stores its
	 * own mark and then loads the other's, so at least one of them sees the other. The load
	 * also acquires: it pairs with the release in percpu_rwsem_unbar(). */
	atomic_store_explicit(&d->driven, true, memory_order_seq_cst);
	if (!atomic_load_explicit(&g->block, memory_order_seq_cst))
		return 0;
	/* release: a later claim may read this store instead of the one in percpu_rwsem_unuse(),
	 * and must still be ordered after the last driver. */
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
		/* seq_cst: see percpu_rwsem_use(). The load also acquires: it pairs with the
		 * release in percpu_rwsem_unuse(), so that a driver's accesses happen before the
		 * user's. */
		if (atomic_load_explicit(&percpu_rwsem_device(dev)->driven, memory_order_seq_cst))
			return true;
	}
	return false;
}

static inline void percpu_rwsem_unbar(struct group *group)
{
	/* Both are releases: they pair with the loads in percpu_rwsem_use() and
	 * percpu_rwsem_fast_use(). */
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
    .summary = "a per-CPU rw-semaphore: a probe needs no fence, a claim waits for a grace period",
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
