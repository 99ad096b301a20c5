/* SPDX-License-Identifier: MIT */
/*
 * The first thread sets the state up, and the others wait for it, as in pthread_once(). The release
 * and acquire of `word` order the set-up before all uses of the state. Limit: if the first thread
 * is preempted, all others wait.
 */
#include <sched.h>

#include "configure.h"

enum { ONCE_FRESH, ONCE_BUSY, ONCE_DONE };

struct once {
	_Atomic(unsigned int) word;
	struct iommu_state *state; /* valid once the word is ONCE_DONE */
};

static inline struct once *once(struct iommu_device *dev)
{
	return (struct once *)dev->state;
}

/* Waits for the first thread, and returns its state. */
static inline struct iommu_state *once_wait(struct once *d)
{
	/* acquire: pairs with the release in once_set_up(). */
	while (atomic_load_explicit(&d->word, memory_order_acquire) != ONCE_DONE)
		sched_yield();
	return d->state;
}

static inline struct iommu_state *once_set_up(struct once *d, struct toucher *toucher)
{
	struct iommu_state *state = iommu_state_new(toucher);

	d->state = state;
	/* release: pairs with the acquires in once_wait() and once_touch(). */
	atomic_store_explicit(&d->word, ONCE_DONE, memory_order_release);
	return state;
}

static inline struct iommu_state *once_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct once *d = once(dev);
	/* acquire: pairs with the release in once_set_up(). */
	unsigned int word = atomic_load_explicit(&d->word, memory_order_acquire);

	if (word == ONCE_DONE)
		return d->state;
	if (word == ONCE_FRESH && atomic_compare_exchange_strong_explicit(&d->word, &word,
				      ONCE_BUSY, memory_order_relaxed, memory_order_relaxed))
		return once_set_up(d, toucher);
	return once_wait(d);
}

static struct iommu_state *once_state(struct iommu_device *dev)
{
	return once(dev)->state;
}

static const struct configure_ops impl = {
    .summary = "the first thread sets the state up, and the others wait for it",
    .source = "DO_ONCE() with a wait, like pthread_once()",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct once),
    .touch = once_touch,
    .state = once_state,
};
