/* SPDX-License-Identifier: MIT */
/*
 * A slot in each device, a word for the group. Probe stores to its device's own slot and looks at
 * the word, which is read-mostly: no read-modify-write, no fence, no shared line that is written.
 * The list walk of the debate moves to the side that is rare: a claim announces itself in the word,
 * passes the heavy half of an asymmetric fence, and walks the slots.
 *
 * Two flags alone would let both sides see each other and both give up. So a prober that meets a
 * claim which is only pending aborts it; and a claim that finds a slot taken gives up, as that
 * prober is certain to get the group. The slot carries the epoch, the number of claims granted so
 * far: a slot that was stored too late, by a prober that will find the user and be refused, has an
 * old epoch and stops nobody.
 *
 * The heavy fence takes thousands of times as long as a probe, so a claim that were pending all the
 * while would never get past a driver that does not rest. So it is only announced until then, and
 * probers that see it fence themselves: from then on it can be pending for the length of a walk,
 * and again, if that was aborted.
 *
 * Probe is wait-free: it tries one compare-and-swap at most. Attempts need no number of their own:
 * a prober that aborts a later walk than the one it met aborts one that sees its slot anyway.
 *
 * The word: state (3 bits), epoch (61 bits, which do not wrap in a machine's life). A word that is
 * free is its epoch's tag, so that probe stores what it has read and compares what it reads again.
 */
#include <stdint.h>

#include "fence/any.h"
#include "impl.h"
#include "lock/pthread_mutex.h"

enum { WORD_FREE = 1, WORD_OWNED = 2, WORD_ANNOUNCED = 3, WORD_PENDING = 7 };
enum { WORD_TAKEN = 2, WORD_STATE = 7 };

/* The negative control no_epoch leaves the epoch out. */
#ifndef WORD_EPOCH
#define WORD_EPOCH UINT64_C(8)
#endif

enum { WALKS = 64 }; /* of a claim that is refused: together about what the heavy fence takes */

/* In front of the word is what only claimers touch: in this model's groups the lock ends a cache
 * line, and a claim that is refused by another user does not disturb the probers. */
struct device_slots {
	struct lock claimers;   /* guards all below but the word, the device list, .. */
	_Atomic(uint64_t) word; /* .. and every change of the word but an abort */
	void *owner;
	unsigned int cnt; /* claims of the owner */
};

struct device_slot {
	_Atomic(uint64_t) tag; /* 0, or of the epoch its driver came in; device_lock() guards it */
};

static inline struct device_slots *device_slots(struct group *group)
{
	return (struct device_slots *)group->state;
}

static inline _Atomic(uint64_t) *device_slot(struct device *dev)
{
	return &((struct device_slot *)dev->state)->tag;
}

static inline uint64_t word_state(uint64_t word)
{
	return word & WORD_STATE;
}

static inline uint64_t word_as(uint64_t word, uint64_t state)
{
	return (word & ~(uint64_t)WORD_STATE) | state;
}

/* What a slot holds that was taken in the word's epoch. */
static inline uint64_t word_tag(uint64_t word)
{
	return word_as(word, WORD_FREE);
}

static int device_slots_init(struct group *group)
{
	atomic_init(&device_slots(group)->word, WORD_FREE);
	return lock_init(&device_slots(group)->claimers);
}

static void device_slots_destroy(struct group *group)
{
	lock_destroy(&device_slots(group)->claimers);
}

static void device_slots_add(struct group *group, struct device *dev)
{
	struct device_slots *g = device_slots(group);

	lock_acquire(&g->claimers);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->claimers);
}

static void device_slots_remove(struct group *group, struct device *dev)
{
	struct device_slots *g = device_slots(group);

	lock_acquire(&g->claimers);
	LIST_REMOVE(dev, link);
	lock_release(&g->claimers);
}

/* A user was granted the group since we looked: that he owns it, or did, is why we are refused. */
static inline int device_slots_refused(struct device *dev)
{
	fence_retract(device_slot(dev));
	return -EBUSY;
}

/* The slot with this tag is stored, and the word was not its tag. Of a claim that is pending and us
 * only one gets the group; one that is announced has its walk to come, and will see the slot. */
__attribute__((cold, noinline)) static int device_slots_contend(struct device *dev, uint64_t tag)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	uint64_t seen;

	/* seq_cst: pairs with the fence in device_slots_walk(). */
	atomic_thread_fence(memory_order_seq_cst);
	seen = fence_look(word);
	/* Relaxed: we came after the last user when we saw the claim, and nobody owned it since. */
	if (seen == word_as(tag, WORD_PENDING) &&
	    atomic_compare_exchange_strong_explicit(word, &seen, word_as(tag, WORD_ANNOUNCED),
		memory_order_relaxed, memory_order_relaxed))
		return 0;
	return seen == tag || seen == word_as(tag, WORD_ANNOUNCED) ? 0 : device_slots_refused(dev);
}

/* The same as below, where a claim was on its way at the first look. */
__attribute__((cold, noinline)) static int device_slots_use_pending(
    struct device *dev, uint64_t tag)
{
	fence_publish(device_slot(dev), tag);
	return device_slots_contend(dev, tag);
}

static inline int device_slots_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	/* Orders nothing: fence_look() does, and finds this or what came later. */
	uint64_t before = atomic_load_explicit(word, memory_order_relaxed);

	if (before & WORD_TAKEN)
		return word_state(before) == WORD_OWNED
		           ? -EBUSY
		           : device_slots_use_pending(dev, word_tag(before));
	fence_publish(device_slot(dev), before);
	return fence_look(word) == before ? 0 : device_slots_contend(dev, before);
}

static inline int device_slots_unuse(struct device *dev)
{
	if (!atomic_load_explicit(device_slot(dev), memory_order_relaxed))
		return -EINVAL;
	fence_retract(device_slot(dev));
	return 0;
}

/* A slot with this epoch's tag is a driver's, or about to be. */
static inline bool device_slots_driven(struct group *group, uint64_t tag)
{
	struct device *dev;

	lockdep_assert_held(&device_slots(group)->claimers);
	LIST_FOREACH (dev, &group->devices, link) {
		if (fence_look_at_slot(device_slot(dev)) == tag)
			return true;
	}
	return false;
}

/* The claim is announced, and every prober has seen that or is seen by us.
 * -EPERM: a driver has a slot, or came while we walked. */
static int device_slots_walk(struct group *group, uint64_t tag)
{
	struct device_slots *g = device_slots(group);
	uint64_t pending = word_as(tag, WORD_PENDING);

	if (atomic_load_explicit(&g->word, memory_order_relaxed) != pending) {
		/* Relaxed: between the last user and us fence_heavy() has passed. */
		atomic_store_explicit(&g->word, pending, memory_order_relaxed);
		/* seq_cst: pairs with the fence in device_slots_contend(). */
		atomic_thread_fence(memory_order_seq_cst);
	}
	if (device_slots_driven(group, tag))
		return -EPERM;
	/* Relaxed: the walk has acquired what drivers did. Fails if a prober has aborted us. */
	return atomic_compare_exchange_strong_explicit(&g->word, &pending,
		   word_as(tag + WORD_EPOCH, WORD_OWNED), memory_order_relaxed,
		   memory_order_relaxed)
	           ? 0
	           : -EPERM;
}

/* Nobody owns the group. */
static int device_slots_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t free = atomic_load_explicit(&g->word, memory_order_relaxed);
	int ret = -EPERM;

	lockdep_assert_held(&g->claimers);
	/* Nobody else changes a word that is free, or announces. release: pairs with fence_look(),
	 * as a prober that finds this comes after the last user, too. The fence pairs with
	 * fence_publish(). */
	atomic_store_explicit(&g->word, word_as(free, WORD_ANNOUNCED), memory_order_release);
	fence_heavy();
	for (int walks = 0; ret && walks < bounded_tries(WALKS); walks++)
		ret = device_slots_walk(group, free);
	if (ret) {
		/* Relaxed: as in device_slots_walk(). */
		atomic_store_explicit(&g->word, free, memory_order_relaxed);
		return ret;
	}
	g->owner = owner;
	g->cnt = 1;
	return 0;
}

/* A user owns the group. */
static inline int device_slots_drop(struct device_slots *g)
{
	uint64_t owned = atomic_load_explicit(&g->word, memory_order_relaxed);

	lockdep_assert_held(&g->claimers);
	g->owner = NULL;
	g->cnt = 0;
	/* release: pairs with fence_look(). An exchange, so that no probe that begins when we have
	 * returned is still refused. */
	atomic_exchange_explicit(&g->word, word_as(owned, WORD_FREE), memory_order_release);
	return 0;
}

static int device_slots_claim(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	ret = g->owner ? -EPERM : device_slots_take(group, owner);
	lock_release(&g->claimers);
	return ret;
}

static int device_slots_release(struct group *group)
{
	struct device_slots *g = device_slots(group);
	int ret;

	lock_acquire(&g->claimers);
	ret = g->owner ? device_slots_drop(g) : -EINVAL;
	lock_release(&g->claimers);
	return ret;
}

static int device_slots_device_claim(struct device *dev, void *owner)
{
	struct device_slots *g = device_slots(dev->group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	if (!g->owner)
		ret = device_slots_take(dev->group, owner);
	else if (g->owner == owner)
		g->cnt++;
	else
		ret = -EPERM;
	lock_release(&g->claimers);
	return ret;
}

static int device_slots_device_release(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	int ret = 0;

	lock_acquire(&g->claimers);
	if (!g->owner)
		ret = -EINVAL;
	else if (!--g->cnt)
		ret = device_slots_drop(g);
	lock_release(&g->claimers);
	return ret;
}

static bool device_slots_claimed(struct group *group)
{
	struct device_slots *g = device_slots(group);
	bool claimed;

	lock_acquire(&g->claimers);
	claimed = g->owner || device_slots_driven(group,
				  word_tag(atomic_load_explicit(&g->word, memory_order_relaxed)));
	lock_release(&g->claimers);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "a slot in each device, an asymmetric fence; claims walk the slots, probes "
	       "are free",
    .source = "this suite, after membarrier(2) and \"Laws of Order\", POPL 2011",
    .class = CLASS_EXACT,
    .progress = PROGRESS_WAIT_FREE,
    .setup = fence_setup,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = device_slots_use,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = device_slots_claim,
    .group_release = device_slots_release,
    .device_claim = device_slots_device_claim,
    .device_release = device_slots_device_release,
    .claimed = device_slots_claimed,
};
