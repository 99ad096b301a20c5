/* SPDX-License-Identifier: MIT */
/* Verdict: exact. The first probe sets a plain field, and publishes it in a word that later probes
 * read without the mutex. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

struct published {
	_Atomic(bool) ready;
	void *domain;
};

static inline struct published *published(struct group *group)
{
	return (struct published *)(mutex_count(group) + 1);
}

static int published_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	struct published *p = published(dev->group);

	if (!atomic_load_explicit(&p->ready, memory_order_acquire)) {
		lock_acquire(&g->mutex);
		if (!p->domain)
			p->domain = g;
		atomic_store_explicit(&p->ready, true, memory_order_release);
		lock_release(&g->mutex);
	}
	return p->domain == g ? mutex_count_use(dev) : -EBUSY;
}

#define USE published_use
#define MORE sizeof(struct published)
#include "mutex_count_with.h"
