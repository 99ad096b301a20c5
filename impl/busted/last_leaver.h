/* SPDX-License-Identifier: MIT */
/*
 * list_walk_repaired, but if two drivers leave at once, only the one that began later walks the
 * devices. The devices form two halves with a word each. A driver that leaves stores the number of
 * its half in its half's word, and then in the other half's word. If it then finds the other number
 * there, a driver of the other half has begun to leave later, so this driver skips its walk.
 *
 * If all threads agree on the order of the stores, at most one of two drivers finds its second
 * store overwritten. Otherwise both can, and both skip the walk: the group stays owned. The
 * including file defines SUMMARY, and MARK, the memory order of the stores. With sequentially
 * consistent stores the design is correct.
 */
#include "nearby.h"

#define impl list_walk_repaired_impl
#include "../list_walk_repaired.c"
#undef impl

struct last_leaver {
	struct list_walk_repaired walk;
	_Atomic(unsigned int) left[2]; /* number of the half whose driver stored last */
};

static int last_leaver_unuse(struct device *dev)
{
	struct last_leaver *g = (struct last_leaver *)dev->group->state;
	const unsigned int own = nearby_shard(dev, 2), other = !own;
	bool owned;

	lock_acquire(&g->walk.mutex);
	owned = walked(dev)->owns;
	walked(dev)->owns = false;
	lock_release(&g->walk.mutex);
	if (!owned)
		return -EINVAL;
	atomic_store_explicit(&g->left[own], own, MARK);
	atomic_store_explicit(&g->left[other], own, MARK);
	if (atomic_load_explicit(&g->left[other], memory_order_acquire) == other)
		return 0;
	lock_acquire(&g->walk.mutex);
	if (g->walk.owner == kernel_owner(&g->walk) && !list_walk_repaired_owned(dev->group))
		g->walk.owner = NULL;
	lock_release(&g->walk.mutex);
	return 0;
}

static const struct impl_ops impl = {
    .summary = SUMMARY,
    .source = "negative control",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct last_leaver),
    .device_size = sizeof(struct walked),
    .group_init = list_walk_repaired_init,
    .group_destroy = list_walk_repaired_destroy,
    .device_add = list_walk_repaired_add,
    .device_remove = list_walk_repaired_remove,
    .use_default_domain = list_walk_repaired_use,
    .unuse_default_domain = last_leaver_unuse,
    .group_claim = list_walk_repaired_claim,
    .group_release = list_walk_repaired_release,
    .device_claim = list_walk_repaired_device_claim,
    .device_release = list_walk_repaired_device_release,
    .claimed = list_walk_repaired_claimed,
};
