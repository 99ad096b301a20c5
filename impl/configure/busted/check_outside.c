/* SPDX-License-Identifier: MIT */
/* Negative control: global_mutex, but a touch checks for a state only before it takes the mutex,
 * and not under it. */
#define impl global_mutex_impl
#include "../global_mutex.c"
#undef impl

static inline struct iommu_state *check_outside_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	struct global_mutex *d = global_mutex(dev);
	struct iommu_state *state = __atomic_load_n(&d->state, __ATOMIC_RELAXED);

	if (state)
		return state;
	pthread_mutex_lock(&global_mutex_lock);
	state = iommu_state_new(toucher);
	d->state = state;
	pthread_mutex_unlock(&global_mutex_lock);
	return state;
}

static const struct configure_ops impl = {
    .summary = "global_mutex, but the check is not repeated under the mutex",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct global_mutex),
    .touch = check_outside_touch,
    .state = global_mutex_state,
};
