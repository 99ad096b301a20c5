/* SPDX-License-Identifier: MIT */
/* One mutex for all devices, whatever their callers hold. */
#include "configure.h"

static pthread_mutex_t global_mutex_lock = PTHREAD_MUTEX_INITIALIZER;

struct global_mutex {
	struct iommu_state *state; /* global_mutex_lock guards it */
};

static inline struct global_mutex *global_mutex(struct iommu_device *dev)
{
	return (struct global_mutex *)dev->state;
}

static inline struct iommu_state *global_mutex_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	struct global_mutex *d = global_mutex(dev);
	struct iommu_state *state;

	pthread_mutex_lock(&global_mutex_lock);
	if (!d->state)
		d->state = iommu_state_new(toucher);
	state = d->state;
	pthread_mutex_unlock(&global_mutex_lock);
	return state;
}

static struct iommu_state *global_mutex_state(struct iommu_device *dev)
{
	return global_mutex(dev)->state;
}

static const struct configure_ops impl = {
    .summary = "one mutex for all devices",
    .source = "iommu_probe_device_lock, Linux 6.5 and since",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct global_mutex),
    .touch = global_mutex_touch,
    .state = global_mutex_state,
};
