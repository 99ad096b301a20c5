/* SPDX-License-Identifier: MIT */
/*
 * One mutex for all devices, which every touch takes, whether or not the caller holds other locks.
 * The check and the set-up are one critical section, so each state is set up once. Limit: threads
 * contend for the mutex even if they touch different devices.
 *
 * Source: iommu_probe_device_lock in drivers/iommu/iommu.c, from commit 01657bc14a39 ("iommu: Avoid
 * races around device probe", Robin Murphy). A later commit, with a Fixes: tag for this one,
 * extends the mutex to the fwspec.
 */
#include "configure.h"

static pthread_mutex_t global_mutex_lock = PTHREAD_MUTEX_INITIALIZER;

struct global_mutex {
	struct iommu_state *state; /* guarded by global_mutex_lock */
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
    .summary = "one mutex for all devices, taken by every touch",
    .source = "iommu_probe_device_lock: 01657bc14a39, iommu: Avoid races around device probe",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct global_mutex),
    .touch = global_mutex_touch,
    .state = global_mutex_state,
};
