/* SPDX-License-Identifier: MIT */
/* snzi, but a driver gives back only one count of the root, even if it helped in vain several
 * times. If another driver of the leaf is probed twice meanwhile, the root keeps a count, and the
 * group stays owned. */
#define impl snzi_impl
#include "../../impl/snzi.c"
#undef impl

static inline int single_surplus_use(struct device *dev)
{
	struct snzi *g = (struct snzi *)dev->group->state;
	_Atomic(uint64_t) *leaf = &g->leaves[nearby_shard(dev, LEAVES)].word;
	unsigned int surplus = 0;
	int ret;

	do
		ret = snzi_arrive(dev, leaf, &surplus);
	while (ret == -EAGAIN);
	if (surplus)
		packed_cas_unuse(dev);
	if (!ret)
		snzi_device(dev)->leaf = leaf;
	return ret;
}

static const struct impl_ops impl = {
    .summary = "snzi, but a driver that helped twice in vain gives back one count",
    .source = "test",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_LOCK_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct snzi),
    .device_size = sizeof(struct snzi_device),
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = single_surplus_use,
    .unuse_default_domain = snzi_unuse,
    .group_claim = packed_cas_claim,
    .group_release = packed_cas_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
