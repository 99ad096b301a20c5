/* SPDX-License-Identifier: MIT */
/* One sets the state up, others wait for him, nobody does it twice. */
#include <sched.h>

#include "configure.h"

enum { ONCE_FRESH, ONCE_BUSY, ONCE_DONE };

struct once {
	_Atomic(unsigned int) word;
	struct iommu_state *state; /* once the word says that it is done */
};

static inline struct once *once(struct iommu_device *dev)
{
	return (struct once *)dev->state;
}

/* Whoever did not come first. */
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
    .summary = "one sets up, the others wait for him",
    .source = "DO_ONCE() with a wait, as pthread_once()",
    .class = CLASS_SAFE,
    .progress = PROGRESS_BLOCKING,
    .device_size = sizeof(struct once),
    .touch = once_touch,
    .state = once_state,
};
