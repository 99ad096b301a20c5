/* SPDX-License-Identifier: MIT */
/* Two bit-fields share a memory location, but each has its own lock. */
#define impl mutex_count_impl
#include "mutex_count.c"
#undef impl

struct shared_bits {
	unsigned int probed : 1, claimed : 1;
};

static struct shared_bits *shared_bits(struct group *group)
{
	return (struct shared_bits *)(mutex_count(group) + 1);
}

/* Called under device_lock. */
static int shared_bits_use(struct device *dev)
{
	shared_bits(dev->group)->probed = true;
	return mutex_count_use(dev);
}

static int shared_bits_claim(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);

	lock_acquire(&g->mutex);
	shared_bits(group)->claimed = true;
	lock_release(&g->mutex);
	return mutex_count_claim(group, owner);
}

#define USE shared_bits_use
#define CLAIM shared_bits_claim
#define MORE sizeof(struct shared_bits)
#include "tests/toys/table.h"
