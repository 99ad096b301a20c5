/* SPDX-License-Identifier: MIT */
/* Negative control: packed_cas, but the release of a group tries its compare-and-swap only once. If
 * the same user claims through a device meanwhile, the compare-and-swap fails, and the group stays
 * owned. */
#define impl packed_cas_impl
#include "../packed_cas.c"
#undef impl

static inline int single_release(struct group *group)
{
	_Atomic(uint64_t) *word = packed_cas(group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	if (!packed_cas_owner(seen))
		return -EINVAL;
	atomic_compare_exchange_strong_explicit(
	    word, &seen, 0, memory_order_release, memory_order_relaxed);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "packed_cas, but a group's release tries its compare-and-swap once",
    .source = "negative control",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_LOCK_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct packed_cas),
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = packed_cas_use,
    .unuse_default_domain = packed_cas_unuse,
    .group_claim = packed_cas_claim,
    .group_release = single_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
