/* SPDX-License-Identifier: MIT */
/* Negative control: cas_publish, but the state is published first and filled in afterwards. */
#define impl cas_publish_impl
#include "../cas_publish.c"
#undef impl

static inline struct iommu_state *early_publish_touch(
    struct iommu_device *dev, struct toucher *toucher)
{
	_Atomic(struct iommu_state *) *at = &cas_publish(dev)->state;
	/* acquire: pairs with the release of the compare-and-swap that published the state. */
	struct iommu_state *state = atomic_load_explicit(at, memory_order_acquire), *mine;

	if (state)
		return state;
	mine = iommu_state_alloc(toucher);
	/* On success, release publishes the state, which is still incomplete. On failure, acquire
	 * pairs with the winner's release. */
	if (atomic_compare_exchange_strong_explicit(
		at, &state, mine, memory_order_release, memory_order_acquire)) {
		iommu_state_fill(mine, toucher);
		return mine;
	}
	iommu_state_discard(mine, toucher);
	return state;
}

static const struct configure_ops impl = {
    .summary = "cas_publish, but the state is filled in after it is published",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct cas_publish),
    .touch = early_publish_touch,
    .state = cas_publish_state,
};
