/* SPDX-License-Identifier: MIT */
/*
 * The simple form of device_slots: no probe counts elsewhere than in its device's slot, and each
 * claim executes the heavy fence. It shows what the modes of device_slots gain and cost.
 *
 * A probe stores to its device's slot, and then loads the group's word, which is rarely written. It
 * needs no read-modify-write and no fence, and writes no shared line. A claim announces itself in
 * the word, executes the heavy half of an asymmetric fence, makes itself pending, and walks the
 * slots.
 *
 * With two flags alone, both sides could see each other and both back out. So a prober that meets a
 * pending claim aborts it. A claim that finds a slot taken backs out, because that prober is
 * certain to get the group. A slot contains the epoch in which it was taken, which is the number of
 * claims granted so far. If a prober stores its slot so late that it will find the user and be
 * refused, the slot has an old epoch, and no claim is refused because of it.
 *
 * The word: state (3 bits); epoch (61 bits, which do not wrap in a machine's life). A free word is
 * the tag of its epoch. So a probe stores the word that it has read in its slot, and then compares
 * the word with that.
 */
#include <stdint.h>

#include "fence/any.h"
#include "impl.h"
#include "lock/pthread_mutex.h"

enum { WORD_FREE = 1, WORD_OWNED = 2, WORD_ANNOUNCED = 3, WORD_NESTED = 6, WORD_PENDING = 7 };
enum { WORD_NOT_OWNED = 1, WORD_NOT_FREE = 2, WORD_STATE = 7 };

/* The negative control no_epoch defines this as 0. */
#ifndef WORD_EPOCH
#define WORD_EPOCH UINT64_C(8)
#endif

/* Number of walks of a claim that has passed the heavy fence. Together they take about as long as
 * the fence. */
enum { WALKS = 64 };

/* The lock comes first: in the harness's groups it ends a cache line, so that a claim that is
 * refused because of another user does not disturb the probers. */
struct device_slots {
	/* Protects owner, cnt, the device list, and all changes of the word except these
	 * compare-and-swaps: a prober aborts a claim, and a user releases its only claim. */
	struct lock claimers;
	_Atomic(uint64_t) word;
	void *owner;      /* valid while the word is owned or nested */
	unsigned int cnt; /* claims of the owner, while the word is nested */
};

/* Protected by device_lock(). */
struct device_slot {
	_Atomic(uint64_t) tag; /* 0, or the tag of its driver's epoch */
};

static inline struct device_slots *device_slots(struct group *group)
{
	return (struct device_slots *)group->state;
}

static inline struct device_slot *device_slot(struct device *dev)
{
	return (struct device_slot *)dev->state;
}

static inline uint64_t word_state(uint64_t word)
{
	return word & WORD_STATE;
}

static inline bool word_owned(uint64_t word)
{
	return !(word & WORD_NOT_OWNED);
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
	fence_retract(&device_slot(dev)->tag);
	return -EBUSY;
}

/* Decides a probe that stored its slot with this tag and then read another word. If a claim is
 * pending, this thread's compare-and-swap aborts it or fails, so only one of them gets the group. A
 * claim that is not pending yet will see the slot. */
__attribute__((noinline)) static int device_slots_contend(struct device *dev, uint64_t tag)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	uint64_t seen;

	/* Pairs with the fence in device_slots_walk(). */
	fence_guarded();
	seen = fence_look(word);
	/* Relaxed: fence_look() has ordered this thread after the last user, and no user has owned
	 * the group since. */
	if (seen == word_as(tag, WORD_PENDING) &&
	    atomic_compare_exchange_strong_explicit(word, &seen, word_as(tag, WORD_ANNOUNCED),
		memory_order_relaxed, memory_order_relaxed))
		return 0;
	return seen == word_as(tag, WORD_ANNOUNCED) || seen == tag ? 0 : device_slots_refused(dev);
}

/* Probes when the first load of the word shows a claim. */
__attribute__((noinline)) static int device_slots_use_announced(struct device *dev, uint64_t tag)
{
	fence_publish(&device_slot(dev)->tag, tag);
	return device_slots_contend(dev, tag);
}

static inline int device_slots_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	/* Relaxed: fence_look() acquires, and reads this word or a later one. */
	uint64_t before = atomic_load_explicit(word, memory_order_relaxed);

	if (before & WORD_NOT_FREE)
		return word_owned(before) ? -EBUSY
		                          : device_slots_use_announced(dev, word_tag(before));
	fence_publish(&device_slot(dev)->tag, before);
	return fence_look(word) == before ? 0 : device_slots_contend(dev, before);
}

static inline int device_slots_unuse(struct device *dev)
{
	if (!atomic_load_explicit(&device_slot(dev)->tag, memory_order_relaxed))
		return -EINVAL;
	fence_retract(&device_slot(dev)->tag);
	return 0;
}

/* Returns whether a slot has this epoch's tag: a driver holds it or is about to. */
static inline bool device_slots_driven(struct group *group, uint64_t tag)
{
	struct device *dev;

	lockdep_assert_held(&device_slots(group)->claimers);
	LIST_FOREACH (dev, &group->devices, link) {
		if (fence_look_at_slot(&device_slot(dev)->tag) == tag)
			return true;
	}
	return false;
}

/* Makes a claim pending and walks the slots. Each prober of this epoch stored its slot before the
 * heavy fence, or fences itself and aborts the claim unless its slot is visible here. Returns 0, or
 * -EPERM if a driver has a slot or has aborted the claim. */
static int device_slots_walk(struct group *group, uint64_t tag)
{
	struct device_slots *g = device_slots(group);
	uint64_t pending = word_as(tag, WORD_PENDING);

	if (atomic_load_explicit(&g->word, memory_order_relaxed) != pending) {
		/* Relaxed: the fence that follows orders the walk. */
		atomic_store_explicit(&g->word, pending, memory_order_relaxed);
		/* seq_cst: pairs with fence_guarded(). */
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

/* Claims a group that no user owns. Returns 0, or -EPERM if drivers keep it. A claim walks
 * repeatedly: otherwise busy drivers would refuse most claims, and each one would execute the heavy
 * fence again. */
static int device_slots_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	/* acquire: pairs with the last user's release of the word. */
	const uint64_t tag = atomic_load_explicit(&g->word, memory_order_acquire);
	const int walks = bounded_tries(WALKS);
	int ret = -EPERM;

	/* release: pairs with fence_look(), so that a prober that finds the claim is ordered after
	 * the last user as well. */
	atomic_store_explicit(&g->word, word_as(tag, WORD_ANNOUNCED), memory_order_release);
	/* Pairs with fence_publish() and fence_retract(). */
	fence_heavy();
	for (int i = 0; ret && i < walks; i++)
		ret = device_slots_walk(group, tag);
	if (ret)
		/* Relaxed: the heavy fence has followed the last user's release. */
		atomic_store_explicit(&g->word, tag, memory_order_relaxed);
	else
		g->owner = owner;
	return ret;
}

static inline bool device_slots_owned(struct device_slots *g)
{
	return word_owned(atomic_load_explicit(&g->word, memory_order_relaxed));
}

static int device_slots_claim(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	int ret;

	if (!owner)
		return -EINVAL;
	if (device_slots_owned(g))
		return -EPERM;
	lock_acquire(&g->claimers);
	ret = device_slots_owned(g) ? -EPERM : device_slots_take(group, owner);
	lock_release(&g->claimers);
	return ret;
}

/* Counts one more claim of the user. Returns false if this user does not own the group. */
static bool device_slots_nest(struct device_slots *g, void *owner)
{
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	lockdep_assert_held(&g->claimers);
	if (!word_owned(seen) || g->owner != owner)
		return false;
	if (word_state(seen) == WORD_NESTED) {
		g->cnt++;
		return true;
	}
	/* Relaxed: the lock orders this claim after the user's first one. Fails if the user
	 * releases that one. */
	g->cnt = 2;
	return atomic_compare_exchange_strong_explicit(&g->word, &seen, word_as(seen, WORD_NESTED),
	    memory_order_relaxed, memory_order_relaxed);
}

static int device_slots_device_claim(struct device *dev, void *owner)
{
	struct device_slots *g = device_slots(dev->group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	if (!device_slots_nest(g, owner))
		ret = device_slots_owned(g) ? -EPERM : device_slots_take(dev->group, owner);
	lock_release(&g->claimers);
	return ret;
}

/* Releases a group whose word has this state. Returns false if it has another one. */
static inline bool device_slots_drop(struct device_slots *g, uint64_t state)
{
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	/* release: pairs with fence_look() and the load in device_slots_take(). A plain store could
	 * stay in the store buffer after this release has returned, and a later probe would be
	 * refused. */
	return word_state(seen) == state &&
	       atomic_compare_exchange_strong_explicit(&g->word, &seen, word_as(seen, WORD_FREE),
		   memory_order_release, memory_order_relaxed);
}

static int device_slots_release(struct group *group)
{
	struct device_slots *g = device_slots(group);
	int ret;

	if (device_slots_drop(g, WORD_OWNED))
		return 0;
	lock_acquire(&g->claimers);
	ret = device_slots_drop(g, WORD_NESTED) ? 0 : -EINVAL;
	lock_release(&g->claimers);
	return ret;
}

static int device_slots_device_release(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	int ret = 0;

	if (device_slots_drop(g, WORD_OWNED))
		return 0;
	lock_acquire(&g->claimers);
	if (word_state(atomic_load_explicit(&g->word, memory_order_relaxed)) != WORD_NESTED)
		ret = -EINVAL;
	else if (!--g->cnt)
		device_slots_drop(g, WORD_NESTED);
	lock_release(&g->claimers);
	return ret;
}

static bool device_slots_claimed(struct group *group)
{
	struct device_slots *g = device_slots(group);
	uint64_t word;
	bool claimed;

	lock_acquire(&g->claimers);
	word = atomic_load_explicit(&g->word, memory_order_relaxed);
	claimed = word_owned(word) || device_slots_driven(group, word_tag(word));
	lock_release(&g->claimers);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "a slot in each device, an asymmetric fence; each claim walks the slots",
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
