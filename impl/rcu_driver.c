/* SPDX-License-Identifier: MIT */
/*
 * Ownership derived from dev->driver under RCU. Nothing is stored for the kernel's side: it owns
 * the group while a device is bound to a driver that uses the DMA API.
 *
 * Probe stores dev->driver, then looks for a user inside a read-side section. A claim stores the
 * user, waits for a grace period, then reads every driver pointer, and backs out if one is bound.
 *
 * A section that began before the grace period has ended with it, so the walk sees that thread's
 * earlier store to dev->driver. A section that begins later sees the user. So at least one side
 * sees the other. If each sees the other, both are refused. Also, ownership ends only when
 * dev->driver is cleared, a little after unuse. So the design is cautious, not exact.
 *
 * The walk reads driver->driver_managed_dma inside a read-side section, so a driver may be freed
 * one grace period after it is unregistered. Limit: a claim takes a grace period and a walk.
 *
 * Source: this suite, for the thread of [RFC 06/20] iommu: Add iommu_device_init[exit]_user_dma
 * interfaces, Sep 2021.
 */
#include "impl.h"
#include "lock/pthread_mutex.h"
#include "rcu/any.h"

struct rcu_driver {
	struct lock claimers;  /* guards cnt, the device list, and changes of owner */
	_Atomic(void *) owner; /* the user, even while its claim waits for the grace period */
	unsigned int cnt;      /* claims of the user that owns the group */
};

static inline struct rcu_driver *rcu_driver(struct group *group)
{
	return (struct rcu_driver *)group->state;
}

/* Takes the claimers' lock while offline: the lock's holder may wait for a grace period, which
 * would otherwise wait for this thread. */
static inline struct rcu_driver *rcu_driver_lock(struct group *group)
{
	readers_offline();
	lock_acquire(&rcu_driver(group)->claimers);
	readers_online();
	return rcu_driver(group);
}

static int rcu_driver_init(struct group *group)
{
	return lock_init(&rcu_driver(group)->claimers);
}

static void rcu_driver_destroy(struct group *group)
{
	lock_destroy(&rcu_driver(group)->claimers);
}

static void rcu_driver_add(struct group *group, struct device *dev)
{
	struct rcu_driver *g = rcu_driver_lock(group);

	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->claimers);
}

static void rcu_driver_remove(struct group *group, struct device *dev)
{
	struct rcu_driver *g = rcu_driver_lock(group);

	LIST_REMOVE(dev, link);
	lock_release(&g->claimers);
}

static inline int rcu_driver_use(struct device *dev)
{
	void *owner;

	reader_enter();
	/* acquire: pairs with the release in rcu_driver_drop(), so that the last user's accesses
	 * happen before this driver's. */
	owner = atomic_load_explicit(&rcu_driver(dev->group)->owner, memory_order_acquire);
	reader_leave();
	return owner ? -EBUSY : 0;
}

/* Changes nothing: the driver core clears dev->driver next, which ends the ownership. */
static inline int rcu_driver_unuse(struct device *dev)
{
	struct driver *drv = device_read_driver(dev, memory_order_relaxed);

	return drv && !driver_manages_dma(drv) ? 0 : -EINVAL;
}

static inline bool rcu_driver_any_bound(struct group *group)
{
	struct device *dev;
	bool bound = false;

	lockdep_assert_held(&rcu_driver(group)->claimers);
	reader_enter();
	LIST_FOREACH (dev, &group->devices, link) {
		/* acquire: pairs with the driver core's release when it clears the pointer, so that
		 * the driver's accesses happen before the user's. */
		struct driver *drv = device_read_driver(dev, memory_order_acquire);

		if (drv && !driver_manages_dma(drv)) {
			bound = true;
			break;
		}
	}
	reader_leave();
	return bound;
}

/* Takes a group that no user owns. Returns 0, or -EPERM if a driver is bound. */
static inline int rcu_driver_take(struct group *group, void *owner)
{
	struct rcu_driver *g = rcu_driver(group);

	lockdep_assert_held(&g->claimers);
	atomic_store_explicit(&g->owner, owner, memory_order_relaxed);
	readers_wait();
	if (rcu_driver_any_bound(group)) {
		atomic_store_explicit(&g->owner, NULL, memory_order_relaxed);
		return -EPERM;
	}
	g->cnt = 1;
	return 0;
}

static inline int rcu_driver_drop(struct rcu_driver *g)
{
	lockdep_assert_held(&g->claimers);
	if (!g->cnt)
		return -EINVAL;
	g->cnt = 0;
	/* release: pairs with the acquire in rcu_driver_use(). */
	atomic_store_explicit(&g->owner, NULL, memory_order_release);
	return 0;
}

static inline int rcu_driver_claim(struct group *group, void *owner)
{
	struct rcu_driver *g;
	int ret;

	if (!owner)
		return -EINVAL;
	g = rcu_driver_lock(group);
	ret = g->cnt ? -EPERM : rcu_driver_take(group, owner);
	lock_release(&g->claimers);
	return ret;
}

static inline int rcu_driver_release(struct group *group)
{
	struct rcu_driver *g = rcu_driver_lock(group);
	int ret = rcu_driver_drop(g);

	lock_release(&g->claimers);
	return ret;
}

static inline int rcu_driver_device_claim(struct device *dev, void *owner)
{
	struct rcu_driver *g;
	int ret = 0;

	if (!owner)
		return -EINVAL;
	g = rcu_driver_lock(dev->group);
	if (!g->cnt)
		ret = rcu_driver_take(dev->group, owner);
	else if (atomic_load_explicit(&g->owner, memory_order_relaxed) == owner)
		g->cnt++;
	else
		ret = -EPERM;
	lock_release(&g->claimers);
	return ret;
}

static inline int rcu_driver_device_release(struct device *dev)
{
	struct rcu_driver *g = rcu_driver_lock(dev->group);
	int ret = 0;

	if (g->cnt > 1)
		g->cnt--;
	else
		ret = rcu_driver_drop(g);
	lock_release(&g->claimers);
	return ret;
}

static inline bool rcu_driver_claimed(struct group *group)
{
	struct rcu_driver *g = rcu_driver_lock(group);
	bool claimed = g->cnt || rcu_driver_any_bound(group);

	lock_release(&g->claimers);
	return claimed;
}

/* Waits until no walk can read the driver. No device points to the driver any more, and a walk that
 * still has the pointer is inside a read-side section. */
static void rcu_driver_unregister(struct driver *drv)
{
	(void)drv;
	readers_wait();
}

static const struct impl_ops impl = {
    .summary = "ownership derived from dev->driver under RCU; a claim waits for a grace period, "
	       "then walks",
    .source = "this suite: the walk of [RFC 06/20] iommu_device_init_user_dma, Sep 2021, under RCU",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .setup = readers_setup,
    .thread_register = readers_thread_register,
    .thread_unregister = readers_thread_unregister,
    .thread_quiescent = readers_quiescent,
    .thread_offline = readers_offline,
    .thread_online = readers_online,
    .group_size = sizeof(struct rcu_driver),
    .group_init = rcu_driver_init,
    .group_destroy = rcu_driver_destroy,
    .device_add = rcu_driver_add,
    .device_remove = rcu_driver_remove,
    .use_default_domain = rcu_driver_use,
    .unuse_default_domain = rcu_driver_unuse,
    .group_claim = rcu_driver_claim,
    .group_release = rcu_driver_release,
    .device_claim = rcu_driver_device_claim,
    .device_release = rcu_driver_device_release,
    .claimed = rcu_driver_claimed,
    .driver_unregister = rcu_driver_unregister,
};
