/* SPDX-License-Identifier: MIT */
/* A probe stores forever, and fills every store buffer. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static _Atomic(int) stored;

static int stores_for_ever_use(struct device *dev)
{
	while (dev)
		atomic_store_explicit(&stored, 1, memory_order_relaxed);
	return 0;
}

#define USE stores_for_ever_use
#include "table.h"
