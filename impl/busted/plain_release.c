/* SPDX-License-Identifier: MIT */
/*
 * Negative control: packed_cas, but a user's release is a plain store. It can still be in the store
 * buffer after release has returned, so a later probe is refused although nobody owns the group. If
 * the same user claims through a device meanwhile, the store overwrites that claim: the group is
 * free although the user still has a claim.
 */
#define impl packed_cas_impl
#include "../packed_cas.c"
#undef impl

static int plain_release(struct group *group)
{
	_Atomic(uint64_t) *word = packed_cas(group);

	if (!packed_cas_owner(atomic_load_explicit(word, memory_order_relaxed)))
		return -EINVAL;
	/* release: pairs with the acquire in packed_cas_get(). */
	atomic_store_explicit(word, 0, memory_order_release);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "packed_cas, but a user's release is a plain store",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .c11 = {.differs = true, .class = CLASS_EXACT},
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
    .group_release = plain_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
