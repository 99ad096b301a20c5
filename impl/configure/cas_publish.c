/* SPDX-License-Identifier: MIT */
/* Sets a state up for itself and publishes it by compare-and-swap: who comes second discards his.
 */
#include "configure.h"

struct cas_publish {
	_Atomic(struct iommu_state *) state;
};

static inline struct cas_publish *cas_publish(struct iommu_device *dev)
{
	return (struct cas_publish *)dev->state;
}

static inline struct iommu_state *cas_publish_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	_Atomic(struct iommu_state *) *at = &cas_publish(dev)->state;
	/* acquire: pairs with the release below, of whoever published it. */
	struct iommu_state *state = atomic_load_explicit(at, memory_order_acquire), *mine;

	if (state)
		return state;
	mine = iommu_state_new(toucher);
	/* release: pairs with both acquires, the one above and that of a failure here. */
	if (atomic_compare_exchange_strong_explicit(
		at, &state, mine, memory_order_release, memory_order_acquire))
		return mine;
	iommu_state_discard(mine, toucher);
	return state;
}

static struct iommu_state *cas_publish_state(struct iommu_device *dev)
{
	return atomic_load_explicit(&cas_publish(dev)->state, memory_order_relaxed);
}

static const struct configure_ops impl = {
    .summary = "set up for oneself, published by compare-and-swap; the second is discarded",
    .source = "the kernel's cmpxchg() of a pointer that is NULL",
    .class = CLASS_SAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct cas_publish),
    .touch = cas_publish_touch,
    .state = cas_publish_state,
};
