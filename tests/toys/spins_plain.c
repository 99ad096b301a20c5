/* SPDX-License-Identifier: MIT */
/* A claim waits in a loop for a plain flag that a probe sets. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

static bool *flag(struct group *group)
{
	return (bool *)(mutex_count(group) + 1);
}

static int spins_plain_use(struct device *dev)
{
	*flag(dev->group) = true;
	return mutex_count_use(dev);
}

static int spins_plain_claim(struct group *group, void *owner)
{
	while (!*flag(group))
		atomic_signal_fence(memory_order_seq_cst);
	return mutex_count_claim(group, owner);
}

#define USE spins_plain_use
#define CLAIM spins_plain_claim
#define MORE sizeof(bool)
#include "tests/toys/table.h"
