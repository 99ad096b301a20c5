/* SPDX-License-Identifier: MIT */
/* Negative control: fetch_add_exact, but a probe adds without loading the word first, and drivers
 * are counted in the upper 16 bits of their field. After a user has refused 65,536 probes, these
 * additions carry into the count of claims: the user seems to hold one more claim, which its
 * device_release() calls do not release. */
#define impl fetch_add_exact_impl
#include "../fetch_add_exact.c"
#undef impl

#define ONE_DRIVER (UINT64_C(1) << 16)

static inline int vain_adds_use(struct device *dev)
{
	/* acquire: pairs with the release in fetch_add_put(). */
	const uint64_t old =
	    atomic_fetch_add_explicit(fetch_add(dev->group), ONE_DRIVER, memory_order_acquire);

	return fetch_add_user(old) ? -EBUSY : 0;
}

static inline int vain_adds_unuse(struct device *dev)
{
	const uint64_t seen = atomic_load_explicit(fetch_add(dev->group), memory_order_relaxed);

	if (fetch_add_user(seen) || !(seen & DRIVERS_MASK))
		return -EINVAL;
	/* release: pairs with the acquire in fetch_add_get(). */
	atomic_fetch_sub_explicit(fetch_add(dev->group), ONE_DRIVER, memory_order_release);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "fetch_add_exact, but refused probes add to a count of 16 bits",
    .source = "negative control",
    .class = CLASS_LEAKY,
    .progress = PROGRESS_WAIT_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct fetch_add),
    .group_init = fetch_add_init,
    .group_destroy = fetch_add_destroy,
    .device_add = fetch_add_add,
    .device_remove = fetch_add_remove,
    .use_default_domain = vain_adds_use,
    .unuse_default_domain = vain_adds_unuse,
    .group_claim = fetch_add_claim,
    .group_release = fetch_add_release,
    .device_claim = fetch_add_device_claim,
    .device_release = fetch_add_device_release,
    .claimed = fetch_add_claimed,
};
