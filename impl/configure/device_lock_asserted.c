/* SPDX-License-Identifier: MIT */
/*
 * Callers must hold the device's lock, as the patches of 2023 required. An assertion reports a
 * caller that does not, but lets it continue. If there is no report, all threads got the same
 * state.
 *
 * Source: device_lock_assert() in __iommu_probe_device(), which Jason Gunthorpe's patch of 18 Aug
 * 2023 removes.
 */
#include "configure.h"

struct device_lock_asserted {
	_Atomic(struct iommu_state *) state;
};

static inline struct device_lock_asserted *device_lock_asserted(struct iommu_device *dev)
{
	return (struct device_lock_asserted *)dev->state;
}

static inline struct iommu_state *device_lock_asserted_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	_Atomic(struct iommu_state *) *at = &device_lock_asserted(dev)->state;
	struct iommu_state *state = atomic_load_explicit(at, memory_order_relaxed);

	toucher_assert_locked(toucher);
	if (state)
		return state;
	/* The load and the store are relaxed: the device's lock, if held, orders them. */
	state = iommu_state_new(toucher);
	atomic_store_explicit(at, state, memory_order_relaxed);
	return state;
}

static struct iommu_state *device_lock_asserted_state(struct iommu_device *dev)
{
	return atomic_load_explicit(&device_lock_asserted(dev)->state, memory_order_relaxed);
}

static const struct configure_ops impl = {
    .summary =
	"the caller must hold the device's lock; an assertion reports a caller that does not",
    .source = "device_lock_assert() in __iommu_probe_device(), Linux 6.6-rc, removed in Aug 2023",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct device_lock_asserted),
    .touch = device_lock_asserted_touch,
    .state = device_lock_asserted_state,
};
