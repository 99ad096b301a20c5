/* SPDX-License-Identifier: MIT */
/*
 * A scalable non-zero indicator of depth two. A leaf counts the drivers of a part of the machine
 * and passes only its first arrival and its last departure on to the root, which is packed_cas: its
 * count and its user in one word. A leaf with drivers holds a count of the root, so more can
 * arrive there without a look at it, and no user can come.
 *
 * The first arrival announces itself at the leaf with a half, arrives at the root, and makes a
 * whole of the half; whoever finds a half helps, and takes back from the root what turns out to be
 * one too many. A root that refuses does so because a user owns it: then the half is taken back,
 * unless a helper who came later was admitted, and with it this driver.
 */
#include <stdint.h>

#include "nearby.h"

#define impl packed_cas_impl
#include "packed_cas.c"
#undef impl

enum { LEAVES = 8 };

/* A leaf's word: twice the count of drivers below a version, which tells one half from another. */
#define ONE UINT64_C(2)
#define HALF UINT64_C(1)
#define COUNT_MASK UINT64_C(0xffffffff)
#define ONE_VERSION (COUNT_MASK + 1)

struct snzi_leaf {
	_Atomic(uint64_t) word;
	char pad[NEARBY_SPACING - sizeof(uint64_t)];
};

struct snzi {
	struct packed_cas root; /* first: packed_cas finds it there */
	char pad[NEARBY_SPACING];
	struct snzi_leaf leaves[LEAVES];
};

/* device_lock guards it. */
struct snzi_device {
	_Atomic(uint64_t) *leaf; /* where this device arrived; NULL: nowhere */
};

static inline struct snzi_device *snzi_device(struct device *dev)
{
	return (struct snzi_device *)dev->state;
}

static inline bool snzi_change(_Atomic(uint64_t) *leaf, uint64_t *seen, uint64_t wanted)
{
	/* acq_rel: pairs with itself. Drivers that arrive without a look at the root come after
	 * the one that did; the last one to depart comes after all the others, and passes that on
	 * to the root. */
	return atomic_compare_exchange_strong_explicit(
	    leaf, seen, wanted, memory_order_acq_rel, memory_order_acquire);
}

/* `half` is the leaf's word as it was found or made. 0: this thread has one count of the root, and
 * the half has become a whole or somebody else's matter. -EBUSY: a user owns the root. */
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

/* Our half, and the root has refused us. True: the half was a whole by then, so we have arrived. */
static inline bool snzi_withdraw(_Atomic(uint64_t) *leaf, uint64_t half)
{
	uint64_t seen = half;

	return !snzi_change(leaf, &seen, half - HALF);
}

/* One attempt. -EAGAIN: the leaf has changed, or somebody else's half was completed. */
static inline int snzi_arrive(struct device *dev, _Atomic(uint64_t) *leaf, unsigned int *surplus)
{
	/* Relaxed: every way to success ends in snzi_change() of the leaf, which acquires whether
	 * it changes the leaf or not. */
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
    .summary = "a tree of counts; first and last driver alone reach the root, with the user in it",
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
