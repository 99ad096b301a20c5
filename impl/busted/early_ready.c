/* SPDX-License-Identifier: MIT */
/* Negative control: mutex_count, but the group's first probe attaches a domain, and sets the word
 * `ready` before it stores the domain. Another probe then finds no domain, and is refused. */
#define impl mutex_count_impl
#include "../mutex_count.c"
#undef impl

struct early_ready {
	struct mutex_count count; /* must be first: mutex_count() expects it there */
	_Atomic(bool) ready;      /* `domain` is attached */
	void *domain;
};

/* Returns the group's domain, which only the first caller attaches. */
static inline void *early_ready_domain(struct group *group)
{
	struct early_ready *g = (struct early_ready *)group->state;

	/* acquire: pairs with the release below, which comes one line too early. */
	if (atomic_load_explicit(&g->ready, memory_order_acquire))
		return g->domain;
	lock_acquire(&g->count.mutex);
	if (!atomic_load_explicit(&g->ready, memory_order_relaxed)) {
		atomic_store_explicit(&g->ready, true, memory_order_release);
		g->domain = group;
	}
	lock_release(&g->count.mutex);
	return group;
}

static inline int early_ready_use(struct device *dev)
{
	return early_ready_domain(dev->group) ? mutex_count_use(dev) : -EBUSY;
}

static const struct impl_ops impl = {
    .summary = "mutex_count, but a word is published before the plain field that it announces",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct early_ready),
    .group_init = mutex_count_init,
    .group_destroy = mutex_count_destroy,
    .device_add = mutex_count_add,
    .device_remove = mutex_count_remove,
    .use_default_domain = early_ready_use,
    .unuse_default_domain = mutex_count_unuse,
    .group_claim = mutex_count_claim,
    .group_release = mutex_count_release,
    .device_claim = mutex_count_device_claim,
    .device_release = mutex_count_device_release,
    .claimed = mutex_count_claimed,
};
