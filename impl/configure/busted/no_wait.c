/* SPDX-License-Identifier: MIT */
/* Negative control: once, but the second thread does not wait for the first. It returns the first
 * thread's state if that is already stored; otherwise it sets up another one. */
#define impl once_impl
#include "../once.c"
#undef impl

struct no_wait {
	_Atomic(unsigned int) word;
	_Atomic(struct iommu_state *) state; /* may be read before the word is ONCE_DONE */
};

static inline struct no_wait *no_wait(struct iommu_device *dev)
{
	return (struct no_wait *)dev->state;
}

static inline struct iommu_state *no_wait_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct no_wait *d = no_wait(dev);
	unsigned int word = ONCE_FRESH;
	struct iommu_state *state;

	if (!atomic_compare_exchange_strong_explicit(
		&d->word, &word, ONCE_BUSY, memory_order_relaxed, memory_order_relaxed)) {
		state = atomic_load_explicit(&d->state, memory_order_relaxed);
		return state ? state : iommu_state_new(toucher);
	}
	state = iommu_state_new(toucher);
	atomic_store_explicit(&d->state, state, memory_order_relaxed);
	/* release: as in once_set_up(), although no thread acquires here. */
	atomic_store_explicit(&d->word, ONCE_DONE, memory_order_release);
	return state;
}

static struct iommu_state *no_wait_state(struct iommu_device *dev)
{
	return atomic_load_explicit(&no_wait(dev)->state, memory_order_relaxed);
}

static const struct configure_ops impl = {
    .summary = "once, but the second thread does not wait for the first",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct no_wait),
    .touch = no_wait_touch,
    .state = no_wait_state,
};
