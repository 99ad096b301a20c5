/* SPDX-License-Identifier: MIT */
/* Negative control: once whose second comer does not wait, and takes what there is, or makes do. */
#define impl once_impl
#include "../once.c"
#undef impl

static inline struct iommu_state *no_wait_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct once *d = once(dev);
	unsigned int word = ONCE_FRESH;
	struct iommu_state *state;

	if (atomic_compare_exchange_strong_explicit(
		&d->word, &word, ONCE_BUSY, memory_order_relaxed, memory_order_relaxed))
		return once_set_up(d, toucher);
	state = *(struct iommu_state *volatile *)&d->state;
	return state ? state : iommu_state_new(toucher);
}

static const struct configure_ops impl = {
    .about =
	{
	    .summary = "once, but the second comer does not wait for the first",
	    .source = "negative control",
	    .class = CLASS_UNSAFE,
	    .progress = PROGRESS_WAIT_FREE,
	},
    .device_size = sizeof(struct once),
    .touch = no_wait_touch,
    .state = once_state,
};
