/* SPDX-License-Identifier: MIT */
/*
 * A scalable non-zero indicator (SNZI) of depth two. Each leaf counts the drivers of a part of the
 * machine. Only its first arrival and its last departure reach the root, which is packed_cas: the
 * drivers' count and the user in one word.
 *
 * A leaf that has drivers holds one count of the root. So further drivers can arrive at the leaf
 * without looking at the root, and no user can claim the group. The first arrival marks the leaf
 * with a half, arrives at the root, and turns the half into a whole. A thread that finds a half
 * helps: it arrives at the root as well, and gives that count back if another thread has completed
 * the half. If the root refuses because a user owns it, the half is withdrawn, unless a later
 * helper was granted the root and so completed it.
 *
 * The design is exact: a driver is refused only by the root's user, a user only by a count in the
 * root. Limits: a probe can retry (lock-free, not wait-free), and the leaves cost about a kilobyte
 * per group.
 */
#include <stdint.h>

#include "nearby.h"

#pragma push_macro("impl") /* a negative control that includes this file defines impl, too */
#undef impl
#define impl packed_cas_impl
#include "packed_cas.c"
#pragma pop_macro("impl")

enum { LEAVES = 8 };

/* A leaf's word: twice the count of drivers in the low 32 bits, below a version that distinguishes
 * one half from the next. */
#define ONE UINT64_C(2)
#define HALF UINT64_C(1)
#define COUNT_MASK UINT64_C(0xffffffff)
#define ONE_VERSION (COUNT_MASK + 1)

struct snzi_leaf {
	_Atomic(uint64_t) word;
	char pad[NEARBY_SPACING - sizeof(uint64_t)];
};

struct snzi {
	struct packed_cas root; /* must be first: packed_cas expects it there */
	char pad[NEARBY_SPACING];
	struct snzi_leaf leaves[LEAVES];
};

/* A device's state, guarded by device_lock(). */
struct snzi_device {
	_Atomic(uint64_t) *leaf; /* the leaf that counts this device, or NULL */
};

static inline struct snzi_device *snzi_device(struct device *dev)
{
	return (struct snzi_device *)dev->state;
}

static inline bool snzi_change(_Atomic(uint64_t) *leaf, uint64_t *seen, uint64_t wanted)
{
	/* acq_rel: pairs with itself. A driver that skips the root is ordered after the driver that
	 * arrived there. The last driver to depart is ordered after all others, and passes that
	 * order on to the root. */
	return atomic_compare_exchange_strong_explicit(
	    leaf, seen, wanted, memory_order_acq_rel, memory_order_acquire);
}

/* Completes a half. `half` is the leaf's word as this thread read or wrote it. Returns 0 if this
 * thread now has one count of the root and the half is completed, by this thread or another.
 * Returns -EBUSY if a user owns the root. */
static inline int snzi_complete(
    struct device *dev, _Atomic(uint64_t) *leaf, uint64_t half, unsigned int *surplus)
{
	uint64_t seen = half;
	int ret = packed_cas_use(dev);

	if (ret)
		return ret;
	if (!snzi_change(leaf, &seen, half + HALF))
		(*surplus)++;
	return 0;
}

/* Withdraws this thread's half after the root has refused it. Returns true if another thread has
 * completed the half: then this driver has arrived. */
static inline bool snzi_withdraw(_Atomic(uint64_t) *leaf, uint64_t half)
{
	uint64_t seen = half;

	return !snzi_change(leaf, &seen, half - HALF);
}

/* Tries once to arrive at the leaf. Returns 0; -EBUSY if a user owns the root; -EAGAIN if the leaf
 * has changed, or if this thread completed another driver's half. */
static inline int snzi_arrive(struct device *dev, _Atomic(uint64_t) *leaf, unsigned int *surplus)
{
	/* Relaxed: every arrival ends with snzi_change() of the leaf, which acquires even if it
	 * does not change the leaf. */
	uint64_t seen = atomic_load_explicit(leaf, memory_order_relaxed);
	uint64_t count = seen & COUNT_MASK;
	uint64_t half = seen;
	int ret;

	if (count >= ONE)
		return snzi_change(leaf, &seen, seen + ONE) ? 0 : -EAGAIN;
	if (!count) {
		half = seen + ONE_VERSION + HALF;
		if (!snzi_change(leaf, &seen, half))
			return -EAGAIN;
	}
	ret = snzi_complete(dev, leaf, half, surplus);
	if (count)
		return ret ? ret : -EAGAIN;
	return ret && !snzi_withdraw(leaf, half) ? ret : 0;
}

static inline int snzi_use(struct device *dev)
{
	struct snzi *g = (struct snzi *)dev->group->state;
	_Atomic(uint64_t) *leaf = &g->leaves[nearby_shard(dev, LEAVES)].word;
	unsigned int surplus = 0;
	int ret;

	do
		ret = snzi_arrive(dev, leaf, &surplus);
	while (ret == -EAGAIN);
	while (surplus--)
		packed_cas_unuse(dev);
	if (!ret)
		snzi_device(dev)->leaf = leaf;
	return ret;
}

static inline int snzi_unuse(struct device *dev)
{
	struct snzi_device *d = snzi_device(dev);
	uint64_t seen;

	if (!d->leaf)
		return -EINVAL;
	seen = atomic_load_explicit(d->leaf, memory_order_relaxed);
	while (!snzi_change(d->leaf, &seen, seen - ONE))
		;
	d->leaf = NULL;
	return (seen & COUNT_MASK) == ONE ? packed_cas_unuse(dev) : 0;
}

static const struct impl_ops impl = {
    .summary = "a tree of counts; only the first and last driver of a leaf change the root",
    .source = "Ellen, Lev, Luchangco, Moir: SNZI, PODC 2007",
    .class = CLASS_EXACT,
    .progress = PROGRESS_LOCK_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct snzi),
    .device_size = sizeof(struct snzi_device),
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = snzi_use,
    .unuse_default_domain = snzi_unuse,
    .group_claim = packed_cas_claim,
    .group_release = packed_cas_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
