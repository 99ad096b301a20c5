/* SPDX-License-Identifier: MIT */
/*
 * Each thread that finds no state sets one up and publishes it by compare-and-swap. The thread that
 * loses discards its own and takes the winner's. All get the one state that was published,
 * complete, because the set-up precedes the release. Limit: the work can be done more than once.
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
	/* acquire: pairs with the release below, in the thread that published the state. */
	struct iommu_state *state = atomic_load_explicit(at, memory_order_acquire), *mine;

	if (state)
		return state;
	mine = iommu_state_new(toucher);
	/* release: pairs with the acquire above, and with the acquire of a failed compare-and-swap
	 * here. */
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
    .summary = "each thread sets the device up and publishes by compare-and-swap; the loser "
	       "discards its state",
    .source = "the kernel's idiom of cmpxchg() on a NULL pointer",
    .class = CLASS_SAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct cas_publish),
    .touch = cas_publish_touch,
    .state = cas_publish_state,
};
