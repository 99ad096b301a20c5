/* SPDX-License-Identifier: MIT */
/* Verdict: exact. A plain field is published by relaxed accesses between a release fence and an
 * acquire fence, with more fences than needed. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

struct fenced {
	_Atomic(bool) ready;
	void *domain;
};

static int fenced_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	struct fenced *p = (struct fenced *)(g + 1);
	bool ready = atomic_load_explicit(&p->ready, memory_order_relaxed);

	atomic_thread_fence(memory_order_acquire);
	atomic_thread_fence(memory_order_seq_cst);
	if (!ready) {
		lock_acquire(&g->mutex);
		if (!p->domain)
			p->domain = g;
		atomic_signal_fence(memory_order_seq_cst);
		atomic_thread_fence(memory_order_release);
		atomic_thread_fence(memory_order_acq_rel);
		atomic_store_explicit(&p->ready, true, memory_order_relaxed);
		lock_release(&g->mutex);
	}
	return ready && !p->domain ? -EBUSY : mutex_count_use(dev);
}

#define USE fenced_use
#define MORE sizeof(struct fenced)
#include "mutex_count_with.h"
