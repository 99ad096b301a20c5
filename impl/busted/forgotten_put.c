/* SPDX-License-Identifier: MIT */
/* Negative control: fetch_add, but a refused probe does not undo its increment. After the user's
 * release, the group counts a driver that is not bound. */
#define impl fetch_add_impl
#include "../fetch_add.c"
#undef impl

static inline int forgotten_put_use(struct device *dev)
{
	uint64_t seen = atomic_fetch_add_explicit(fetch_add(dev->group), 1, memory_order_acquire);

	return fetch_add_user(seen) ? -EBUSY : 0;
}

static const struct impl_ops impl = {
    .summary = "fetch_add, but a refused probe does not undo its increment",
    .source = "negative control",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_WAIT_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct fetch_add),
    .group_init = fetch_add_init,
    .group_destroy = fetch_add_destroy,
    .device_add = fetch_add_add,
    .device_remove = fetch_add_remove,
    .use_default_domain = forgotten_put_use,
    .unuse_default_domain = fetch_add_unuse,
    .group_claim = fetch_add_claim,
    .group_release = fetch_add_release,
    .device_claim = fetch_add_device_claim,
    .device_release = fetch_add_device_release,
    .claimed = fetch_add_claimed,
};
