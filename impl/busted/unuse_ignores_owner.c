/* SPDX-License-Identifier: MIT */
/*
 * Negative control of `ownbench misuse`: packed_cas, but unuse does not check the owner, as in the
 * kernel. Called while a user owns the group, it silently decrements the user's count. If callers
 * pair their calls, the design is exact.
 */
#define impl packed_cas_impl
#include "../packed_cas.c"
#undef impl

static inline int unuse_ignores_owner_unuse(struct device *dev)
{
	_Atomic(uint64_t) *word = packed_cas(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed), left;

	do {
		if (!packed_cas_count(seen))
			return -EINVAL;
		left = seen - 1;
		if (!packed_cas_count(left))
			left = 0;
	} while (!packed_cas_put(word, &seen, left));
	return 0;
}

static const struct impl_ops impl = {
    .summary = "packed_cas, but unuse does not check the owner",
    .source = "negative control; Linux 5.19 iommu_device_unuse_default_domain()",
    .class = CLASS_EXACT,
    .progress = PROGRESS_LOCK_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct packed_cas),
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = packed_cas_use,
    .unuse_default_domain = unuse_ignores_owner_unuse,
    .group_claim = packed_cas_claim,
    .group_release = packed_cas_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
