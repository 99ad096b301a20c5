/* SPDX-License-Identifier: MIT */
/*
 * Each thread that finds no state sets one up and publishes it by compare-and-swap. The thread that
 * loses discards its own state and takes the winner's. All threads get the published state. It is
 * complete, because the set-up precedes the release. Limit: several threads may each set a state
 * up, although all states but one are discarded.
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
	/* acquire: pairs with the release of the compare-and-swap that published the state. */
	struct iommu_state *state = atomic_load_explicit(at, memory_order_acquire), *mine;

	if (state)
		return state;
	mine = iommu_state_new(toucher);
	/* On success, release publishes the state. On failure, acquire pairs with the winner's
	 * release. */
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
    .summary = "threads publish their state by compare-and-swap; losers discard theirs",
    .source = "the kernel's cmpxchg() of a pointer that is NULL",
    .class = CLASS_SAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct cas_publish),
    .touch = cas_publish_touch,
    .state = cas_publish_state,
};
