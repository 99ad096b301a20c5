/* SPDX-License-Identifier: MIT */
/* Negative control: packed_cas, but a claim tries a weak compare-and-swap only once. On Arm a weak
 * compare-and-swap can fail although the word has the expected value, so a claim of an idle group
 * can be refused. */
#define impl packed_cas_impl
#include "../packed_cas.c"
#undef impl

static int weak_claim(struct group *group, void *owner)
{
	int id = owner_id(owner);
	uint64_t seen = 0;

	if (id < 0)
		return id;
	return packed_cas_get(packed_cas(group), &seen, (uint64_t)id << COUNT_BITS | 1) ? 0
	                                                                                : -EPERM;
}

static const struct impl_ops impl = {
    .summary = "packed_cas, but a claim tries a weak compare-and-swap once",
    .source = "negative control",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_LOCK_FREE,
    .group_size = sizeof(struct packed_cas),
    .setup = owner_ids_setup,
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = packed_cas_use,
    .unuse_default_domain = packed_cas_unuse,
    .group_claim = weak_claim,
    .group_release = packed_cas_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
