/* SPDX-License-Identifier: MIT */
/*
 * One word: a probe adds its driver with a fetch-and-add, and takes it back where it finds a user.
 *
 * A driver that is about to be taken back may outlive the user that it met; until then no user can
 * claim the group, although nobody owns it. Hence cautious; fetch_add_exact is the repair.
 */
#include "fetch_add_word.h"

static inline int fetch_add_use(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);

	/* acquire: pairs with the release in fetch_add_put(), so that a probe comes after all that
	 * the last user did. */
	if (!fetch_add_user(atomic_fetch_add_explicit(word, 1, memory_order_acquire)))
		return 0;
	atomic_fetch_sub_explicit(word, 1, memory_order_relaxed);
	return -EBUSY;
}

/* The drivers stay: each takes itself back. */
static inline int fetch_add_release(struct group *group)
{
	return fetch_add_release_but(group, DRIVERS_MASK);
}

static inline int fetch_add_device_release(struct device *dev)
{
	return fetch_add_device_release_but(dev, DRIVERS_MASK);
}

static const struct impl_ops impl = {
    .summary = "a fetch-and-add, taken back where it meets a user",
    .source = "rwsem_read_trylock(), Linux 5.19 kernel/locking/rwsem.c: add first, look then",
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
