/* SPDX-License-Identifier: MIT */
/*
 * The viability walk of 2021, made exact. A user's claim walks the group, and succeeds if no device
 * is in use by a kernel driver. The group itself stores only its user.
 *
 * The RFC walked dev->driver without a lock that probe also takes, so a probe could begin between
 * the check and the claim. Here walk, probe and remove all run under the group's mutex. The walk
 * reads a flag that each device sets and clears under that mutex, because the driver core changes
 * dev->driver under device_lock, which a walk cannot take without deadlock (claim C8).
 *
 * Unlike the list walk, remove does not walk: the cost falls on the user's claim.
 *
 * Source: this suite, from [RFC 06/20] iommu: Add iommu_device_init[exit]_user_dma interfaces, Sep
 * 2021. Jason Gunthorpe rejected the walk in that thread on 27 Sep 2021.
 */
#include "impl.h"
#include "lock/pthread_mutex.h"

struct viability_walk {
	struct lock mutex;
	void *owner;
	unsigned int claims; /* claims of the user that owns the group */
};

/* A device's flag, guarded by the group's mutex. */
struct viability {
	bool in_use; /* used by a kernel driver */
};

static inline struct viability_walk *viability_walk(struct group *group)
{
	return (struct viability_walk *)group->state;
}

static inline struct viability *viability(struct device *dev)
{
	return (struct viability *)dev->state;
}

static int viability_walk_init(struct group *group)
{
	return lock_init(&viability_walk(group)->mutex);
}

static void viability_walk_destroy(struct group *group)
{
	lock_destroy(&viability_walk(group)->mutex);
}

static void viability_walk_add(struct group *group, struct device *dev)
{
	struct viability_walk *g = viability_walk(group);

	lock_acquire(&g->mutex);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->mutex);
}

static void viability_walk_remove(struct group *group, struct device *dev)
{
	struct viability_walk *g = viability_walk(group);

	lock_acquire(&g->mutex);
	LIST_REMOVE(dev, link);
	lock_release(&g->mutex);
}

static inline bool viability_walk_viable(struct group *group)
{
	struct device *dev;

	lockdep_assert_held(&viability_walk(group)->mutex);
	LIST_FOREACH (dev, &group->devices, link) {
		if (viability(dev)->in_use)
			return false;
	}
	return true;
}

static inline int viability_walk_use(struct device *dev)
{
	struct viability_walk *g = viability_walk(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner)
		ret = -EBUSY;
	else
		viability(dev)->in_use = true;
	lock_release(&g->mutex);
	return ret;
}

static inline int viability_walk_unuse(struct device *dev)
{
	struct viability_walk *g = viability_walk(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (viability(dev)->in_use)
		viability(dev)->in_use = false;
	else
		ret = -EINVAL;
	lock_release(&g->mutex);
	return ret;
}

/* Claims the group. If `nested`, the claim is made through a device, and further claims by the
 * same owner are counted. */
static inline int viability_walk_claim_as(struct group *group, void *owner, bool nested)
{
	struct viability_walk *g = viability_walk(group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->mutex);
	if (g->owner ? !nested || g->owner != owner : !viability_walk_viable(group)) {
		ret = -EPERM;
	} else {
		g->owner = owner;
		g->claims++;
	}
	lock_release(&g->mutex);
	return ret;
}

/* Drops one claim if `nested`, otherwise all of them. */
static inline int viability_walk_release_as(struct group *group, bool nested)
{
	struct viability_walk *g = viability_walk(group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (!g->owner) {
		ret = -EINVAL;
	} else if (nested && g->claims > 1) {
		g->claims--;
	} else {
		g->claims = 0;
		g->owner = NULL;
	}
	lock_release(&g->mutex);
	return ret;
}

static inline int viability_walk_claim(struct group *group, void *owner)
{
	return viability_walk_claim_as(group, owner, false);
}

static inline int viability_walk_release(struct group *group)
{
	return viability_walk_release_as(group, false);
}

static inline int viability_walk_device_claim(struct device *dev, void *owner)
{
	return viability_walk_claim_as(dev->group, owner, true);
}

static inline int viability_walk_device_release(struct device *dev)
{
	return viability_walk_release_as(dev->group, true);
}

static inline bool viability_walk_claimed(struct group *group)
{
	struct viability_walk *g = viability_walk(group);
	bool claimed;

	lock_acquire(&g->mutex);
	claimed = g->owner || !viability_walk_viable(group);
	lock_release(&g->mutex);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "a claim walks the devices; one mutex covers walk, probe and remove",
    .source =
	"this suite: the walk of [RFC 06/20] iommu_device_init_user_dma, Sep 2021, made exact",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct viability_walk),
    .device_size = sizeof(struct viability),
    .group_init = viability_walk_init,
    .group_destroy = viability_walk_destroy,
    .device_add = viability_walk_add,
    .device_remove = viability_walk_remove,
    .use_default_domain = viability_walk_use,
    .unuse_default_domain = viability_walk_unuse,
    .group_claim = viability_walk_claim,
    .group_release = viability_walk_release,
    .device_claim = viability_walk_device_claim,
    .device_release = viability_walk_device_release,
    .claimed = viability_walk_claimed,
};
