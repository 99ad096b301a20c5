/* SPDX-License-Identifier: MIT */
/* A word announces a plain field, but the word's store does not release the field. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

struct relaxed_ready {
	_Atomic(bool) ready;
	void *domain;
};

static int relaxed_ready_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	struct relaxed_ready *more = (struct relaxed_ready *)(g + 1);

	if (!atomic_load_explicit(&more->ready, memory_order_acquire)) {
		lock_acquire(&g->mutex);
		if (!more->domain)
			more->domain = g;
		atomic_store_explicit(&more->ready, true, memory_order_relaxed);
		lock_release(&g->mutex);
	} else if (!more->domain) {
		return -EBUSY;
	}
	return mutex_count_use(dev);
}

#define USE relaxed_ready_use
#define MORE sizeof(struct relaxed_ready)
#include "tests/toys/table.h"
