/* SPDX-License-Identifier: MIT */
/* Like gives_up, but a probe counts its tries in the group's memory. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

struct tries {
	_Atomic(bool) busy;
	unsigned int left[4]; /* per device */
};

static int counts_tries_use(struct device *dev)
{
	struct tries *t = (struct tries *)(mutex_count(dev->group) + 1);
	unsigned int *left = &t->left[(unsigned long)dev / 64 % 4];
	int ret;

	*left = 3;
	while (atomic_exchange_explicit(&t->busy, true, memory_order_acquire))
		if (!(*left)--)
			return -EBUSY;
	ret = mutex_count_use(dev);
	atomic_store_explicit(&t->busy, false, memory_order_release);
	return ret;
}

#define USE counts_tries_use
#define MORE sizeof(struct tries)
#include "table.h"
