/* SPDX-License-Identifier: MIT */
/* Not a design: operations whose counts tests/unit/cost.c has derived by hand. */
#include "asymmetric.h"
#include "impl.h"
#include "lock/pthread_mutex.h"
#include "rcu/any.h"

enum { LINE = 64 };

struct kinds {
	struct lock lock;
	char pad[LINE - sizeof(struct lock)];
	int counted; /* not atomic; on a cache line of its own */
	char pad2[LINE];
	_Atomic(int) word;
	char pad3[LINE];
	_Atomic(unsigned short) implicit;
	char pad4[LINE];
};

static inline struct kinds *kinds(struct group *group)
{
	return (struct kinds *)group->state;
}

static int kinds_init(struct group *group)
{
	return lock_init(&kinds(group)->lock);
}

static void kinds_change(struct group *group, struct device *dev)
{
	(void)group;
	(void)dev;
}

/* A sequentially consistent store (counted as a read-modify-write), a full fence, two loads, and
 * two fences that need no instruction on x86. */
static int kinds_use(struct device *dev)
{
	struct kinds *g = kinds(dev->group);

	atomic_store_explicit(&g->word, 1, memory_order_seq_cst);
	atomic_thread_fence(memory_order_seq_cst);
	atomic_thread_fence(memory_order_acquire);
	atomic_thread_fence(memory_order_release);
	return atomic_load_explicit(&g->word, memory_order_acquire) +
	       atomic_load_explicit(&g->word, memory_order_relaxed) - 2;
}

/* A plain change, for which the other CPU's line is first read and then written, and accesses to an
 * atomic object by plain operators. */
static int kinds_unuse(struct device *dev)
{
	struct kinds *g = kinds(dev->group);

	g->counted++;
	g->implicit++;
	return g->implicit > 0 ? 0 : -EINVAL;
}

/* A compare-and-swap that fails, a lock, a membarrier, and a grace period. */
static int kinds_claim(struct group *group, void *owner)
{
	struct kinds *g = kinds(group);
	int seen = -1;

	(void)owner;
	lock_acquire(&g->lock);
	membarrier_heavy();
	readers_wait();
	atomic_compare_exchange_strong_explicit(
	    &g->word, &seen, 0, memory_order_relaxed, memory_order_relaxed);
	lock_release(&g->lock);
	return 0;
}

/* Nested read-side sections, and a store. */
static int kinds_release(struct group *group)
{
	reader_enter();
	reader_enter();
	membarrier_light();
	atomic_store_explicit(&kinds(group)->word, 0, memory_order_release);
	reader_leave();
	reader_leave();
	return 0;
}

static int kinds_device_claim(struct device *dev, void *owner)
{
	return kinds_claim(dev->group, owner);
}

static int kinds_device_release(struct device *dev)
{
	return kinds_release(dev->group);
}

static bool kinds_claimed(struct group *group)
{
	(void)group;
	return false;
}

static const struct impl_ops impl = {
    .summary = "some of each kind",
    .source = "test",
    .class = CLASS_NONE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct kinds),
    .group_init = kinds_init,
    .device_add = kinds_change,
    .device_remove = kinds_change,
    .use_default_domain = kinds_use,
    .unuse_default_domain = kinds_unuse,
    .group_claim = kinds_claim,
    .group_release = kinds_release,
    .device_claim = kinds_device_claim,
    .device_release = kinds_device_release,
    .claimed = kinds_claimed,
};
