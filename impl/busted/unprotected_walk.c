/* SPDX-License-Identifier: MIT */
/* Negative control: rcu_driver, but a claim walks outside any read-side section. The driver that
 * the walk reads may be unregistered and freed meanwhile. */
#ifndef OVER_RCU
#define OVER_RCU "rcu/urcu_memb.h"
#endif
#define impl rcu_driver_impl
#include "../rcu_driver.c"
#undef impl

static inline bool unprotected_walk_any_bound(struct group *group)
{
	struct device *dev;

	LIST_FOREACH (dev, &group->devices, link) {
		struct driver *drv = device_read_driver(dev, memory_order_acquire);

		if (drv && !driver_manages_dma(drv))
			return true;
	}
	return false;
}

static int unprotected_walk_claim(struct group *group, void *owner)
{
	struct rcu_driver *g;
	int ret = -EPERM;

	if (!owner)
		return -EINVAL;
	g = rcu_driver_lock(group);
	if (!g->cnt) {
		atomic_store_explicit(&g->owner, owner, memory_order_relaxed);
		readers_wait();
		g->cnt = !unprotected_walk_any_bound(group);
		ret = g->cnt ? 0 : -EPERM;
		if (ret)
			atomic_store_explicit(&g->owner, NULL, memory_order_relaxed);
	}
	lock_release(&g->claimers);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "rcu_driver, but a claim walks outside any read-side section",
    .source = "negative control",
    .class = CLASS_UNSAFE,
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
    .group_claim = unprotected_walk_claim,
    .group_release = rcu_driver_release,
    .device_claim = rcu_driver_device_claim,
    .device_release = rcu_driver_device_release,
    .claimed = rcu_driver_claimed,
    .driver_unregister = rcu_driver_unregister,
};
