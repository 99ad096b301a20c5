/* SPDX-License-Identifier: MIT */
/*
 * Negative control: mutex_count, but each device has state that its first DMA needs. Probe sets the
 * state up under device_lock, but a claim does so without that lock. All return values are right,
 * but a concurrent probe and claim can set up the state twice.
 */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

/* A device's state, guarded by device_lock(). */
struct no_device_lock {
	bool configured;
};

static inline void no_device_lock_configure(struct device *dev)
{
	struct no_device_lock *d = (struct no_device_lock *)dev->state;

	device_lock_assert(dev);
	if (!d->configured)
		d->configured = true;
}

static inline int no_device_lock_use(struct device *dev)
{
	no_device_lock_configure(dev);
	return mutex_count_use(dev);
}

static inline int no_device_lock_device_claim(struct device *dev, void *owner)
{
	no_device_lock_configure(dev);
	return mutex_count_device_claim(dev, owner);
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a claim sets a device up without its device_lock",
    .source = "negative control; callers of of_dma_configure() outside of their bus, Aug 2023",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct mutex_count),
    .device_size = sizeof(struct no_device_lock),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = no_device_lock_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = no_device_lock_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
