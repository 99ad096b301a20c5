/* SPDX-License-Identifier: MIT */
/* Verdict: exact. Bit-fields of one word under the group's mutex, next to bytes under another
 * mutex. */
#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

struct bits {
	struct lock other;
	unsigned int probes : 3, claims : 5, last : 1;
	unsigned char mine, others;
};

static inline struct bits *bits(struct group *group)
{
	return (struct bits *)(mutex_count(group) + 1);
}

static int bits_init(struct group *group)
{
	int ret = lock_init(&bits(group)->other);

	return ret ? ret : mutex_count_init(group);
}

static int bits_use(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);
	struct bits *b = bits(dev->group);

	lock_acquire(&g->mutex);
	b->probes++;
	b->last = 0;
	b->mine++;
	lock_release(&g->mutex);
	return mutex_count_use(dev);
}

static int bits_claim(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);
	struct bits *b = bits(group);

	lock_acquire(&g->mutex);
	b->claims++;
	b->last = 1;
	lock_release(&g->mutex);
	lock_acquire(&b->other);
	b->others++;
	lock_release(&b->other);
	return mutex_count_claim(group, owner);
}

#define INIT bits_init
#define USE bits_use
#define CLAIM bits_claim
#define MORE sizeof(struct bits)
#include "mutex_count_with.h"
