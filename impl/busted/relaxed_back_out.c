/* SPDX-License-Identifier: MIT */
/*
 * Negative control: brlock_try, but a refused probe retracts its mark with a relaxed store. A claim
 * that reads this store has not read the release of the previous remove, so the user is not ordered
 * after that driver.
 */
#define impl brlock_try_impl
#include "../brlock_try.c"
#undef impl

static inline int relaxed_back_out_use(struct device *dev)
{
	struct brlock_try_device *d = brlock_try_device(dev);

	/* This store and the load below are seq_cst: they pair with a claim's store and loads. See
	 * brlock_try_use(). */
	atomic_store_explicit(&d->driven, true, memory_order_seq_cst);
	if (!atomic_load_explicit(&brlock_try(dev->group)->user, memory_order_seq_cst))
		return 0;
	atomic_store_explicit(&d->driven, false, memory_order_relaxed);
	return -EBUSY;
}

static const struct impl_ops impl = {
    .summary = "brlock_try, but a refused probe retracts its mark with a relaxed store",
    .source = "negative control: a former bug of this suite, found by the explorer",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct brlock_try),
    .device_size = sizeof(struct brlock_try_device),
    .group_init = brlock_try_init,
    .group_destroy = brlock_try_destroy,
    .device_add = brlock_try_add,
    .device_remove = brlock_try_remove,
    .use_default_domain = relaxed_back_out_use,
    .unuse_default_domain = brlock_try_unuse,
    .group_claim = brlock_try_claim,
    .group_release = brlock_try_release,
    .device_claim = brlock_try_device_claim,
    .device_release = brlock_try_device_release,
    .claimed = brlock_try_claimed,
};
