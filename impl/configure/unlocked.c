/* SPDX-License-Identifier: MIT */
/*
 * No lock: a thread that finds no state sets one up. If two threads do so concurrently, they get
 * different states, and the device keeps the one that was stored last. dev_iommu_get() in
 * drivers/iommu/iommu.c behaves like this if its callers do not exclude each other.
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
    .summary = "no lock: a thread that finds no state sets one up",
    .source = "drivers/iommu/iommu.c, dev_iommu_get() if its callers hold no lock",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct unlocked),
    .touch = unlocked_touch,
    .state = unlocked_state,
};
