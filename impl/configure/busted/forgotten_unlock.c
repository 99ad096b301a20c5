/* SPDX-License-Identifier: MIT */
/* Negative control: global_mutex, but a touch of a device that has a state returns with the mutex
 * held. The next touch waits forever. */
#define impl global_mutex_impl
#include "../global_mutex.c"
#undef impl

static inline struct iommu_state *forgotten_unlock_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	struct global_mutex *d = global_mutex(dev);

	pthread_mutex_lock(&global_mutex_lock);
	if (d->state)
		return d->state;
	d->state = iommu_state_new(toucher);
	pthread_mutex_unlock(&global_mutex_lock);
	return d->state;
}

static const struct configure_ops impl = {
    .summary = "global_mutex, but a touch that finds a state does not release the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct global_mutex),
    .touch = forgotten_unlock_touch,
    .state = global_mutex_state,
};
