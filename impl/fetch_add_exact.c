/* SPDX-License-Identifier: MIT */
/*
 * fetch_add made exact. A probe adds its driver with a fetch-and-add. If a user owns the group, the
 * probe is refused, and does not subtract: drivers added while a user owns the group do not count,
 * and the user's last release overwrites them with 0. So no increment outlives the ownership that
 * it met.
 *
 * A probe loads the word before it adds, so each thread adds in vain at most once while a user owns
 * the group. Hence the drivers' field cannot overflow into the next field, and a refused probe
 * usually writes nothing.
 *
 * Source: this suite.
 */
#include "fetch_add_word.h"

static inline int fetch_add_use(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);

	if (fetch_add_user(atomic_load_explicit(word, memory_order_relaxed)))
		return -EBUSY;
	/* acquire: pairs with the release in fetch_add_put(), so that the last user's accesses
	 * happen before this driver's. */
	return fetch_add_user(atomic_fetch_add_explicit(word, 1, memory_order_acquire)) ? -EBUSY
	                                                                                : 0;
}

/* Clears the whole word: the user, and the drivers that were added in vain. */
static inline int fetch_add_release(struct group *group)
{
	return fetch_add_release_but(group, 0);
}

static inline int fetch_add_device_release(struct device *dev)
{
	return fetch_add_device_release_but(dev, 0);
}

static const struct impl_ops impl = {
    .summary = "a fetch-and-add; the user's release discards the additions of refused probes",
    .source = "fetch_add, repaired",
    .class = CLASS_EXACT,
    .progress = PROGRESS_WAIT_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct fetch_add),
    .group_init = fetch_add_init,
    .group_destroy = fetch_add_destroy,
    .device_add = fetch_add_add,
    .device_remove = fetch_add_remove,
    .use_default_domain = fetch_add_use,
    .unuse_default_domain = fetch_add_unuse,
    .group_claim = fetch_add_claim,
    .group_release = fetch_add_release,
    .device_claim = fetch_add_device_claim,
    .device_release = fetch_add_device_release,
    .claimed = fetch_add_claimed,
};
