/* SPDX-License-Identifier: MIT */
/* A probe executes fences forever, which no other thread can observe. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

static int fences_for_ever_use(struct device *dev)
{
	while (dev)
		atomic_thread_fence(memory_order_seq_cst);
	return 0;
}

#define USE fences_for_ever_use
#include "table.h"
