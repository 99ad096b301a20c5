/* SPDX-License-Identifier: MIT */
/* Negative control: list_walk_repaired, but a probe sets the device's flag after it has released
 * the mutex. A sibling's remove that misses the flag clears the owner although this driver is
 * bound. */
#define impl list_walk_repaired_impl
#include "../list_walk_repaired.c"
#undef impl

static inline int flag_after_unlock_use(struct device *dev)
{
	struct list_walk_repaired *g = list_walk_repaired(dev->group);
	int ret = 0;

	lock_acquire(&g->mutex);
	if (g->owner && g->owner != kernel_owner(g))
		ret = -EBUSY;
	else
		g->owner = kernel_owner(g);
	lock_release(&g->mutex);
	if (!ret)
		walked(dev)->owns = true;
	return ret;
}

static const struct impl_ops impl = {
    .summary = "list_walk_repaired, but a probe sets the device's flag after the unlock",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct list_walk_repaired),
    .device_size = sizeof(struct walked),
    .group_init = list_walk_repaired_init,
    .group_destroy = list_walk_repaired_destroy,
    .device_add = list_walk_repaired_add,
    .device_remove = list_walk_repaired_remove,
    .use_default_domain = flag_after_unlock_use,
    .unuse_default_domain = list_walk_repaired_unuse,
    .group_claim = list_walk_repaired_claim,
    .group_release = list_walk_repaired_release,
    .device_claim = list_walk_repaired_device_claim,
    .device_release = list_walk_repaired_device_release,
    .claimed = list_walk_repaired_claimed,
};
