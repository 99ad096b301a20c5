/* SPDX-License-Identifier: MIT */
/*
 * One word for drivers and user (fetch_add_word.h). A probe adds its driver with a fetch-and-add,
 * then checks the value that it replaced. If a user owns the group, the probe subtracts its driver
 * again and is refused.
 *
 * There are never two owners: all changes are read-modify-writes of one word. But the design is
 * only cautious. A refused probe's increment can outlive the ownership that it met. Until the probe
 * subtracts it, claims are refused although nobody owns the group. fetch_add_exact repairs this.
 *
 * Source: the fast path of rwsem_read_trylock() in Linux 5.19, which also adds first and then
 * checks.
 */
#include "fetch_add_word.h"

static inline int fetch_add_use(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);

	/* acquire: pairs with the release in fetch_add_put(), so that the last user's accesses
	 * happen before this driver's. */
	if (!fetch_add_user(atomic_fetch_add_explicit(word, 1, memory_order_acquire)))
		return 0;
	atomic_fetch_sub_explicit(word, 1, memory_order_relaxed);
	return -EBUSY;
}

/* Leaves the drivers' count unchanged: each refused probe subtracts its own increment. */
static inline int fetch_add_release(struct group *group)
{
	return fetch_add_release_but(group, DRIVERS_MASK);
}

static inline int fetch_add_device_release(struct device *dev)
{
	return fetch_add_device_release_but(dev, DRIVERS_MASK);
}

static const struct impl_ops impl = {
    .summary = "a fetch-and-add, which a probe undoes if a user owns the group",
    .source = "rwsem_read_trylock(), Linux 5.19 kernel/locking/rwsem.c: adds before it checks",
    .class = CLASS_CAUTIOUS,
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
