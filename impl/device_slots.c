/* SPDX-License-Identifier: MIT */
/*
 * Each device has a slot, and the group has a word. A probe stores to its device's slot, and then
 * loads the word, which is rarely written. It needs no read-modify-write and no fence, and writes
 * no shared line. The walk moves to the rare side: a claim announces itself in the word, passes the
 * heavy half of an asymmetric fence, and walks the slots.
 *
 * With two flags alone, both sides could see each other and both back out. So a prober that meets a
 * pending claim aborts it. A claim that finds a slot taken backs out, because that prober is
 * certain to get the group. A slot contains the epoch in which it was taken, which is the number of
 * claims granted so far. If a prober stores its slot so late that it will find the user and be
 * refused, the slot has an old epoch, and no claim is refused because of it.
 *
 * The heavy fence takes thousands of times as long as a probe. If a claim were pending during that
 * time, busy drivers would starve it. So during the fence it is only announced, and probers that
 * see the announcement execute a full fence themselves. After that the claim is pending only for
 * the length of a walk. If the walk is aborted, the claim walks again.
 *
 * Probe is wait-free: it tries at most one compare-and-swap. Walks need no version numbers: if a
 * prober aborts a later walk than the one that it met, that later walk sees its slot anyway.
 *
 * The word: state (3 bits); epoch (61 bits, which do not wrap in a machine's life). A free word is
 * the tag of its epoch. So a probe stores the word that it has read in its slot, and then compares
 * the word with that.
 */
#include <stdint.h>

#include "fence/any.h"
#include "impl.h"
#include "lock/pthread_mutex.h"

enum { WORD_FREE = 1, WORD_OWNED = 2, WORD_ANNOUNCED = 3, WORD_PENDING = 7 };
enum { WORD_TAKEN = 2, WORD_STATE = 7 };

/* The negative control no_epoch defines this as 0. */
#ifndef WORD_EPOCH
#define WORD_EPOCH UINT64_C(8)
#endif

/* Walks before a claim is refused. Together they take about as long as the heavy fence. */
enum { WALKS = 64 };

/* The lock comes first: in the harness's groups it ends a cache line, so that a claim that is
 * refused because of another user does not disturb the probers. */
struct device_slots {
	/* Guards owner, cnt, the device list, and all changes of the word except aborts. */
	struct lock claimers;
	_Atomic(uint64_t) word;
	void *owner;
	unsigned int cnt; /* claims of the owner */
};

struct device_slot {
	_Atomic(uint64_t) tag; /* 0, or the tag of its driver's epoch; guarded by device_lock() */
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

/* Returns the tag of slots that are taken in the word's epoch. */
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

/* Refuses a probe: a user was granted the group since this thread read the word. */
static inline int device_slots_refused(struct device *dev)
{
	fence_retract(device_slot(dev));
	return -EBUSY;
}

/* Decides a probe that stored its slot with this tag and then read another word. If a claim is
 * pending, this thread's compare-and-swap aborts it or fails, so only one of them gets the group. A
 * claim that is only announced has yet to walk, and will see the slot. */
__attribute__((cold, noinline)) static int device_slots_contend(struct device *dev, uint64_t tag)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	uint64_t seen;

	/* seq_cst: pairs with the fence in device_slots_walk(). */
	atomic_thread_fence(memory_order_seq_cst);
	seen = fence_look(word);
	/* Relaxed: fence_look() has ordered this thread after the last user, and no user has owned
	 * the group since. */
	if (seen == word_as(tag, WORD_PENDING) &&
	    atomic_compare_exchange_strong_explicit(word, &seen, word_as(tag, WORD_ANNOUNCED),
		memory_order_relaxed, memory_order_relaxed))
		return 0;
	return seen == tag || seen == word_as(tag, WORD_ANNOUNCED) ? 0 : device_slots_refused(dev);
}

/* Probes when the first load of the word shows an announced or pending claim. */
__attribute__((cold, noinline)) static int device_slots_use_pending(
    struct device *dev, uint64_t tag)
{
	fence_publish(device_slot(dev), tag);
	return device_slots_contend(dev, tag);
}

static inline int device_slots_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	/* Relaxed: fence_look() acquires, and reads this word or a later one. */
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

/* Returns whether a slot has this epoch's tag: a driver holds it or is about to. */
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

/* Walks the slots of an announced claim, after the heavy fence: each prober has seen the claim or
 * its slot is visible here. Returns 0, or -EPERM if a driver has a slot, or aborted the claim
 * during the walk. */
static int device_slots_walk(struct group *group, uint64_t tag)
{
	struct device_slots *g = device_slots(group);
	uint64_t pending = word_as(tag, WORD_PENDING);

	if (atomic_load_explicit(&g->word, memory_order_relaxed) != pending) {
		/* Relaxed: fence_heavy() was passed since the last user's release. */
		atomic_store_explicit(&g->word, pending, memory_order_relaxed);
		/* seq_cst: pairs with the fence in device_slots_contend(). */
		atomic_thread_fence(memory_order_seq_cst);
	}
	if (device_slots_driven(group, tag))
		return -EPERM;
	/* Relaxed: the walk's loads have acquired what the drivers did. Fails if a prober has
	 * aborted the claim. */
	return atomic_compare_exchange_strong_explicit(&g->word, &pending,
		   word_as(tag + WORD_EPOCH, WORD_OWNED), memory_order_relaxed,
		   memory_order_relaxed)
	           ? 0
	           : -EPERM;
}

/* Claims a group that no user owns. Returns 0, or -EPERM if drivers keep it. */
static int device_slots_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t free = atomic_load_explicit(&g->word, memory_order_relaxed);
	int ret = -EPERM;

	lockdep_assert_held(&g->claimers);
	/* release: pairs with fence_look(), so that a prober that finds the claim is ordered after
	 * the last user as well. A store is enough: only the holder of the claimers' lock announces
	 * claims or changes a free word. The heavy fence pairs with fence_publish(). */
	atomic_store_explicit(&g->word, word_as(free, WORD_ANNOUNCED), memory_order_release);
	fence_heavy();
	for (int walks = 0; ret && walks < bounded_tries(WALKS); walks++)
		ret = device_slots_walk(group, free);
	if (ret) {
		/* Relaxed: see device_slots_walk(). */
		atomic_store_explicit(&g->word, free, memory_order_relaxed);
		return ret;
	}
	g->owner = owner;
	g->cnt = 1;
	return 0;
}

/* Releases the group, which a user owns. */
static inline int device_slots_drop(struct device_slots *g)
{
	uint64_t owned = atomic_load_explicit(&g->word, memory_order_relaxed);

	lockdep_assert_held(&g->claimers);
	g->owner = NULL;
	g->cnt = 0;
	/* release: pairs with fence_look(). A plain store could stay in the store buffer after this
	 * release has returned, and a later probe would be refused. */
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
