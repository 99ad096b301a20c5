/* SPDX-License-Identifier: MIT */
/* A probe spins on a word that nothing ever sets. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static int spins_for_ever_use(struct device *dev)
{
	_Atomic(bool) *ready = (_Atomic(bool) *)(mutex_count(dev->group) + 1);

	while (!atomic_load_explicit(ready, memory_order_acquire))
		;
	return mutex_count_use(dev);
}

#define USE spins_for_ever_use
#define MORE 8
#include "table.h"
