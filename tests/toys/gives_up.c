/* SPDX-License-Identifier: MIT */
/* A probe that finds another probe in progress tries four times, and is then refused without a
 * reason. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static inline _Atomic(bool) *gives_up_busy(struct group *group)
{
	return (_Atomic(bool) *)(mutex_count(group) + 1);
}

static int gives_up_use(struct device *dev)
{
	_Atomic(bool) *busy = gives_up_busy(dev->group);
	int ret;

	for (int i = 0; atomic_exchange_explicit(busy, true, memory_order_acquire); i++)
		if (i == 3)
			return -EBUSY;
	ret = mutex_count_use(dev);
	atomic_store_explicit(busy, false, memory_order_release);
	return ret;
}

#define USE gives_up_use
#define MORE 8
#include "table.h"
