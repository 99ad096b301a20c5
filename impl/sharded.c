/* SPDX-License-Identifier: MIT */
/*
 * Drivers are counted in shards, one for each part of the machine, and a central word resolves
 * conflicts. Each shard has its own cache line.
 *
 * A claim sets the central word to PENDING, and closes the shards one by one, each only if its
 * count is 0. If PENDING is still set then, the claim changes it to OWNED. A driver normally adds
 * to a nearby shard. If that shard is closed, the driver goes to the central word. If a user owns
 * the group, the driver is refused. Otherwise it clears PENDING, which aborts the claim, and is
 * counted in the central word.
 *
 * The design is exact: a claim is refused only by a driver that is counted, and a driver only by a
 * user that owns the group. Limits: a claim writes every shard, and a small group needs as much
 * memory as a large one.
 *
 * Memory order: words that several threads may change are changed only by read-modify-writes. So an
 * acquire that reads a later change also synchronizes with the release before it (C11's release
 * sequence).
 */
#include <stdint.h>

#include "claimers.h"
#include "impl.h"
#include "nearby.h"

enum {
#ifdef OWNBENCH_EXPLORED
	SHARDS = 3, /* explored scenarios have few devices */
#else
	SHARDS = 8,
#endif
};

/* Flags in the words that count drivers: PENDING and OWNED in the central word, CLOSED in a
 * shard. */
#define PENDING (UINT64_C(1) << 63)
#define OWNED (UINT64_C(1) << 62)
#define CLOSED (UINT64_C(1) << 61)

struct sharded_shard {
	_Atomic(uint64_t) word;
	char pad[NEARBY_SPACING - sizeof(uint64_t)];
};

struct sharded {
	struct claimers claimers;
	_Atomic(uint64_t) central;
	char pad[NEARBY_SPACING - sizeof(uint64_t)];
	struct sharded_shard shards[SHARDS];
};

/* A device's state, guarded by device_lock(). */
struct sharded_device {
	_Atomic(uint64_t) *counted; /* the word that counts this device, or NULL */
};

static inline struct sharded *sharded(struct group *group)
{
	return (struct sharded *)group->state;
}

static inline struct sharded_device *sharded_device(struct device *dev)
{
	return (struct sharded_device *)dev->state;
}

static int sharded_init(struct group *group)
{
	return claimers_init(&sharded(group)->claimers);
}

static void sharded_destroy(struct group *group)
{
	claimers_destroy(&sharded(group)->claimers);
}

static void sharded_add(struct group *group, struct device *dev)
{
	claimers_add(&sharded(group)->claimers, group, dev);
}

static void sharded_remove(struct group *group, struct device *dev)
{
	claimers_remove(&sharded(group)->claimers, dev);
}

/* Counts a driver in the central word and aborts a pending claim. Returns false if a user owns the
 * group. */
static inline bool sharded_count_centrally(_Atomic(uint64_t) *central)
{
	uint64_t seen = atomic_load_explicit(central, memory_order_relaxed);

	do {
		if (seen & OWNED)
			return false;
		/* acquire: pairs with the release in sharded_drop(), so that the last user's
		 * accesses happen before this driver's. */
	} while (!atomic_compare_exchange_weak_explicit(
	    central, &seen, (seen & ~PENDING) + 1, memory_order_acquire, memory_order_relaxed));
	return true;
}

static inline bool sharded_count_nearby(_Atomic(uint64_t) *shard)
{
	uint64_t seen = atomic_load_explicit(shard, memory_order_relaxed);

	do {
		if (seen & CLOSED)
			return false;
		/* acquire: pairs with the release in sharded_open(), so that the last user's
		 * accesses happen before this driver's. */
	} while (!atomic_compare_exchange_weak_explicit(
	    shard, &seen, seen + 1, memory_order_acquire, memory_order_relaxed));
	return true;
}

static inline int sharded_use(struct device *dev)
{
	struct sharded *g = sharded(dev->group);
	_Atomic(uint64_t) *shard = &g->shards[nearby_shard(dev, SHARDS)].word;

	if (sharded_count_nearby(shard))
		sharded_device(dev)->counted = shard;
	else if (sharded_count_centrally(&g->central))
		sharded_device(dev)->counted = &g->central;
	else
		return -EBUSY;
	return 0;
}

static inline int sharded_unuse(struct device *dev)
{
	struct sharded_device *d = sharded_device(dev);

	if (!d->counted)
		return -EINVAL;
	/* release: pairs with the acquires in sharded_take() and sharded_close(). */
	atomic_fetch_sub_explicit(d->counted, 1, memory_order_release);
	d->counted = NULL;
	return 0;
}

/* Reopens the first nr shards. Plain stores are enough: only the holder of claimers.lock writes a
 * closed shard. */
static inline void sharded_open(struct sharded *g, int nr)
{
	lockdep_assert_held(&g->claimers.lock);
	for (int i = 0; i < nr; i++) {
		/* release: pairs with the acquire in sharded_count_nearby(). */
		atomic_store_explicit(&g->shards[i].word, 0, memory_order_release);
	}
}

/* Closes the shards in order, up to the first that has drivers. Returns how many were closed. */
static inline int sharded_close(struct sharded *g)
{
	int i;

	lockdep_assert_held(&g->claimers.lock);
	for (i = 0; i < SHARDS; i++) {
		uint64_t idle = 0;

		/* acquire: pairs with the release in sharded_unuse(), so that the drivers' accesses
		 * happen before the user's. */
		if (!atomic_compare_exchange_strong_explicit(&g->shards[i].word, &idle, CLOSED,
			memory_order_acquire, memory_order_relaxed))
			break;
	}
	return i;
}

/* acquire: pairs with the release in sharded_unuse(), so that the drivers' accesses happen before
 * the user's. */
static inline bool sharded_change(struct sharded *g, uint64_t from, uint64_t to)
{
	return atomic_compare_exchange_strong_explicit(
	    &g->central, &from, to, memory_order_acquire, memory_order_relaxed);
}

static inline int sharded_take(struct group *group)
{
	struct sharded *g = sharded(group);
	int closed;

	if (!sharded_change(g, 0, PENDING))
		return -EPERM;
	closed = sharded_close(g);
	if (closed == SHARDS && sharded_change(g, PENDING, OWNED))
		return 0;
	sharded_change(g, PENDING, 0); /* fails if a driver has aborted this claim */
	sharded_open(g, closed);
	return -EPERM;
}

static inline void sharded_drop(struct group *group)
{
	struct sharded *g = sharded(group);

	/* release: pairs with the acquire in sharded_count_centrally(). A store is enough: no other
	 * thread writes the word while the group is owned. */
	atomic_store_explicit(&g->central, 0, memory_order_release);
	sharded_open(g, SHARDS);
}

/* Returns whether drivers own the group. For reporting only: the counts keep changing. */
static inline bool sharded_driven(struct group *group)
{
	struct sharded *g = sharded(group);
	uint64_t sum = atomic_load_explicit(&g->central, memory_order_relaxed);

	for (int i = 0; i < SHARDS; i++)
		sum += atomic_load_explicit(&g->shards[i].word, memory_order_relaxed);
	return sum != 0;
}

static inline int sharded_claim(struct group *group, void *owner)
{
	return claimers_claim(&sharded(group)->claimers, group, owner, false, sharded_take);
}

static inline int sharded_release(struct group *group)
{
	return claimers_release(&sharded(group)->claimers, group, false, sharded_drop);
}

static inline int sharded_device_claim(struct device *dev, void *owner)
{
	struct group *group = dev->group;

	return claimers_claim(&sharded(group)->claimers, group, owner, true, sharded_take);
}

static inline int sharded_device_release(struct device *dev)
{
	struct group *group = dev->group;

	return claimers_release(&sharded(group)->claimers, group, true, sharded_drop);
}

static inline bool sharded_claimed(struct group *group)
{
	return claimers_claimed(&sharded(group)->claimers, group, sharded_driven);
}

static const struct impl_ops impl = {
    .summary = "a count for each part of the machine; a claim closes these counts one by one",
    .source = "like Linux's lib/percpu_counter.c, with a word that resolves pending claims",
    .class = CLASS_EXACT,
    .progress = PROGRESS_LOCK_FREE,
    .group_size = sizeof(struct sharded),
    .device_size = sizeof(struct sharded_device),
    .group_init = sharded_init,
    .group_destroy = sharded_destroy,
    .device_add = sharded_add,
    .device_remove = sharded_remove,
    .use_default_domain = sharded_use,
    .unuse_default_domain = sharded_unuse,
    .group_claim = sharded_claim,
    .group_release = sharded_release,
    .device_claim = sharded_device_claim,
    .device_release = sharded_device_release,
    .claimed = sharded_claimed,
};
