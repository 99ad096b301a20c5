/* SPDX-License-Identifier: MIT */
/*
 * Negative control: brlock_try, but probe has no fence between its mark and the check for a user.
 * While the mark is in the store buffer, the user's claim does not see it, and the probe does not
 * see the user. Both then hold the group.
 */
#define impl brlock_try_impl
#include "../brlock_try.c"
#undef impl

static inline int brlock_no_fence_use(struct device *dev)
{
	struct brlock_try_device *d = brlock_try_device(dev);

	atomic_store_explicit(&d->driven, true, memory_order_release);
	/* acquire: pairs with the release in brlock_try_drop(). */
	if (!atomic_load_explicit(&brlock_try(dev->group)->user, memory_order_acquire))
		return 0;
	atomic_store_explicit(&d->driven, false, memory_order_release);
	return -EBUSY;
}

static const struct impl_ops impl = {
    .summary = "brlock_try, but no fence between a driver's mark and its check for a user",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct brlock_try),
    .device_size = sizeof(struct brlock_try_device),
    .group_init = brlock_try_init,
    .group_destroy = brlock_try_destroy,
    .device_add = brlock_try_add,
    .device_remove = brlock_try_remove,
    .use_default_domain = brlock_no_fence_use,
    .unuse_default_domain = brlock_try_unuse,
    .group_claim = brlock_try_claim,
    .group_release = brlock_try_release,
    .device_claim = brlock_try_device_claim,
    .device_release = brlock_try_device_release,
    .claimed = brlock_try_claimed,
};
