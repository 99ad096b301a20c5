/* SPDX-License-Identifier: MIT */
/*
 * As dev_iommu_get() is, whose callers are to exclude each other: look, and set up where there is
 * nothing. Two that come at once both do, and the later one's state stays.
 */
#include "configure.h"

struct unlocked {
	_Atomic(struct iommu_state *) state;
};

static inline struct unlocked *unlocked(struct iommu_device *dev)
{
	return (struct unlocked *)dev->state;
}

static inline struct iommu_state *unlocked_touch(struct iommu_device *dev, struct toucher *toucher)
{
	_Atomic(struct iommu_state *) *at = &unlocked(dev)->state;
	struct iommu_state *state = atomic_load_explicit(at, memory_order_relaxed);

	if (state)
		return state;
	state = iommu_state_new(toucher);
	atomic_store_explicit(at, state, memory_order_relaxed);
	return state;
}

static struct iommu_state *unlocked_state(struct iommu_device *dev)
{
	return atomic_load_explicit(&unlocked(dev)->state, memory_order_relaxed);
}

static const struct configure_ops impl = {
    .summary = "looks, and sets up where there is nothing",
    .source = "drivers/iommu/iommu.c, dev_iommu_get(), its callers without a lock",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct unlocked),
    .touch = unlocked_touch,
    .state = unlocked_state,
};
