/* SPDX-License-Identifier: MIT */
/*
 * Negative control, and Linux's design until 2022: probe checks nothing. A user's claim walks
 * dev->driver, under a lock that probe does not take. After a driver is bound, the bus's notifier
 * chain calls VFIO, which checks whether a user owns the group. At that point VFIO can only call
 * BUG_ON(); here such cases are counted.
 *
 * VFIO's unbound_list exempts a device whose vfio-pci is being unbound, because its dev->driver is
 * still set. Here driver_managed_dma exempts it.
 *
 * Source: vfio_iommu_group_notifier() in Linux 5.15 drivers/vfio/vfio.c.
 */
#include "impl.h"
#include "lock/pthread_mutex.h"

struct notifier {
	struct lock mutex;             /* guards the device list, claims, and changes of owner */
	_Atomic(void *) owner;         /* the notifier reads this without the lock */
	_Atomic(unsigned int) bug_ons; /* drivers found bound while a user owned the group */
	unsigned int claims;
};

static inline struct notifier *notifier(struct group *group)
{
	return (struct notifier *)group->state;
}

static int notifier_init(struct group *group)
{
	return lock_init(&notifier(group)->mutex);
}

static void notifier_destroy(struct group *group)
{
	lock_destroy(&notifier(group)->mutex);
}

static void notifier_add(struct group *group, struct device *dev)
{
	lock_acquire(&notifier(group)->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&notifier(group)->mutex);
}

static void notifier_remove(struct group *group, struct device *dev)
{
	lock_acquire(&notifier(group)->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&notifier(group)->mutex);
}

static inline void *notifier_owner(struct group *group)
{
	/* acquire: pairs with the release in notifier_set_owner(). */
	return atomic_load_explicit(&notifier(group)->owner, memory_order_acquire);
}

static inline void notifier_set_owner(struct group *group, void *owner)
{
	/* release: pairs with the acquire in notifier_owner(). */
	atomic_store_explicit(&notifier(group)->owner, owner, memory_order_release);
}

/* acquire: pairs with the driver core's release of the pointer. */
static inline bool notifier_driven(struct device *dev)
{
	struct driver *drv = device_read_driver(dev, memory_order_acquire);

	return drv && !driver_manages_dma(drv);
}

static inline bool notifier_viable(struct group *group)
{
	struct device *dev;

	LIST_FOREACH (dev, &group->devices, link) {
		if (notifier_driven(dev))
			return false;
	}
	return true;
}

/* Called on the bus's notifier chain, after the driver is bound. */
static void notifier_notify(struct device *dev, enum bus_event event)
{
	/* Relaxed: this count is only for reporting. */
	if (event == BUS_NOTIFY_BOUND_DRIVER && notifier_driven(dev) && notifier_owner(dev->group))
		atomic_fetch_add_explicit(&notifier(dev->group)->bug_ons, 1, memory_order_relaxed);
}

static inline int notifier_use(struct device *dev)
{
	(void)dev;
	return 0;
}

static inline int notifier_unuse(struct device *dev)
{
	return notifier_driven(dev) ? 0 : -EINVAL;
}

/* Claims the group. If `nested`, the claim is made through a device, and further claims by the
 * same owner are counted. */
static int notifier_claim_as(struct group *group, void *owner, bool nested)
{
	struct notifier *g = notifier(group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->claims ? !nested || notifier_owner(group) != owner : !notifier_viable(group)) {
		ret = -EPERM;
	} else {
		notifier_set_owner(group, owner);
		g->claims++;
	}
	lock_release(&g->mutex);
	return ret;
}

/* Drops one claim if `nested`, otherwise all of them. */
static int notifier_release_as(struct group *group, bool nested)
{
	struct notifier *g = notifier(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!g->claims) {
		ret = -EINVAL;
	} else if (nested && g->claims > 1) {
		g->claims--;
	} else {
		g->claims = 0;
		notifier_set_owner(group, NULL);
	}
	lock_release(&g->mutex);
	return ret;
}

static int notifier_claim(struct group *group, void *owner)
{
	return notifier_claim_as(group, owner, false);
}

static int notifier_release(struct group *group)
{
	return notifier_release_as(group, false);
}

static int notifier_device_claim(struct device *dev, void *owner)
{
	return notifier_claim_as(dev->group, owner, true);
}

static int notifier_device_release(struct device *dev)
{
	return notifier_release_as(dev->group, true);
}

static bool notifier_claimed(struct group *group)
{
	bool claimed;

	lock_acquire(&notifier(group)->mutex);
	claimed = notifier(group)->claims || !notifier_viable(group);
	lock_release(&notifier(group)->mutex);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "Linux until 2022: probe checks nothing; a notifier finds conflicts afterwards",
    .source = "Linux 5.15 drivers/vfio/vfio.c, vfio_iommu_group_notifier()",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct notifier),
    .group_init = notifier_init,
    .group_destroy = notifier_destroy,
    .device_add = notifier_add,
    .device_remove = notifier_remove,
    .use_default_domain = notifier_use,
    .unuse_default_domain = notifier_unuse,
    .group_claim = notifier_claim,
    .group_release = notifier_release,
    .device_claim = notifier_device_claim,
    .device_release = notifier_device_release,
    .claimed = notifier_claimed,
    .notify = notifier_notify,
};
