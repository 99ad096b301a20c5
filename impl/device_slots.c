/* SPDX-License-Identifier: MIT */
/*
 * A count of drivers that is spread as far as the frequency of claims allows. The mode of a group
 * says where probes count:
 *
 *	CENTRAL  in the group's word. A claim is one compare-and-swap.
 *	SHARDED  in a shard near the CPU. A claim makes the word pending and reads the shards.
 *	SLOTS    in the device's own slot, by a store without a fence, as in
 *	         device_slots_unguarded. A claim first makes the group SHARDED, and executes the
 *	         heavy half of an asymmetric fence.
 *
 * Probers spread the count when claims are rare. Only a granted claim makes the group CENTRAL,
 * because no driver is counted anywhere then.
 *
 * A count in the word is right in every mode, since a claim is granted only by a compare-and-swap
 * that expects no drivers there. So a prober that meets a pending claim adds itself to the word,
 * which aborts the claim. Neither probe nor remove contains a loop.
 *
 * The word contains an epoch, the number of claims granted so far. Shards and slots contain the
 * epoch in which they were counted. A prober that comes too late leaves an old epoch there, and no
 * claim is refused because of it. An increment of the word that meets a user is void: the user's
 * release overwrites it, as in fetch_add_exact.
 */
#include <stdint.h>

#include "fence/any.h"
#include "impl.h"
#include "lock/pthread_mutex.h"
#include "nearby.h"

/* The word: mode (3 bits), WIDE, count (16 bits), epoch (44 bits, 20 days of claims at 10 M/s). */
enum mode { SLOTS, SHARDED, CENTRAL, PENDING, OWNED, NESTED };
#define MODE UINT64_C(7)
/* While SHARDED or PENDING: slots have been used in this epoch. While OWNED or NESTED: the release
 * makes the group SHARDED rather than CENTRAL. */
#define WIDE UINT64_C(8)
#define COUNT_ONE UINT64_C(16)
#define COUNT (UINT64_C(0xffff) * COUNT_ONE)
#define EPOCH_ONE (COUNT + COUNT_ONE)
#define EPOCH_SHIFT 20
#define EPOCH (~(EPOCH_ONE - 1))

enum {
#ifdef OWNBENCH_EXPLORED
	SHARDS = 2,
#else
	SHARDS = 8,
#endif
};

/* How often a pending claim looks for drivers before it is refused. If it has executed the heavy
 * fence, or would make the group CENTRAL, another claim would cost more than many looks. */
enum { LOOKS = 4, LOOKS_MANY = 64 };

/* The mode is chosen by the numbers of probes and claims. A device adds its probes to the group's
 * numbers in batches, so that their line is rarely written. The numbers only choose between modes
 * that are all right, so their updates are relaxed, and some may be lost. */
enum { BATCH = 128 };

/* A claim of a CENTRAL group costs less than one of a SHARDED group, and a probe costs more.
 * CENTRAL pays if there are fewer probes than this for each claim. */
#ifndef CENTRAL_PROBES
#define CENTRAL_PROBES 32
#endif
enum { CENTRAL_MAX = 16 * CENTRAL_PROBES, SINCE_MAX = 16 * CENTRAL_MAX };

/* After this many claims that were refused without the lock, one takes it and counts them. */
enum { REFUSED_BATCH = 15 };

/* Number of SHARDED probes that cost as much as a heavy fence. */
#ifndef SHARDED_PROBES
#define SHARDED_PROBES 4096
#endif

/* A claim that executes no heavy fence lets the group stay SHARDED for as many probes as the fence
 * costs. A claim that had to execute the fence sets a small credit, which cannot show that claims
 * are a little less frequent. Therefore one such claim in CREDIT_TRIAL sets a full one. */
enum { CREDIT_ENDLESS = 1 << 30 }; /* while a claim that executed the fence looks for drivers */
enum { CREDIT_MAX = 8 * SHARDED_PROBES, CREDIT_SMALL = SHARDED_PROBES / 16, CREDIT_TRIAL = 16 };

struct device_slots_shard {
	_Atomic(uint64_t) word; /* epoch, and count of drivers */
	char pad[NEARBY_SPACING - sizeof(uint64_t)];
};

struct device_slots {
	/* Protects the next four members, the device list, the PENDING mode, and all changes to and
	 * from NESTED. */
	struct lock claimers;
	int surplus_claims; /* how much claims of a SHARDED group outnumber probes */
	unsigned int seen;  /* probes that the last claim has seen */
	unsigned int heavy; /* claims that executed the heavy fence */
	unsigned int cnt;   /* claims of the owner, while NESTED */
	char pad[NEARBY_SPACING - (sizeof(struct lock) + 16) % NEARBY_SPACING];

	_Atomic(uint64_t) word;
	_Atomic(uint64_t) owner_epoch; /* owner is valid while the word has this epoch */
	_Atomic(void *) owner;
	char pad2[NEARBY_SPACING - 3 * sizeof(uint64_t)];

	_Atomic(uint64_t) surplus_epoch; /* epoch of the last change of surplus_probes */
	_Atomic(int) surplus_probes;     /* how much probes of a CENTRAL group outnumber claims */
	_Atomic(int) credit;             /* probes until a SHARDED group uses slots */
	_Atomic(unsigned int) probes;    /* in shards, so far */
	_Atomic(unsigned int) refused;   /* claims refused without the lock, not counted yet */
	char pad3[NEARBY_SPACING - 3 * sizeof(uint64_t)];

	struct device_slots_shard shards[SHARDS];
};

/* Protected by device_lock(). */
struct device_slot {
	_Atomic(uint64_t) slot;     /* 0, or the word that its driver has read */
	_Atomic(uint64_t) *counted; /* the word or shard that counts its driver, or NULL */
	unsigned int shard;         /* chosen when the last batch ended */
	unsigned int probes;        /* since the last batch */
};

static inline struct device_slots *device_slots(struct group *group)
{
	return (struct device_slots *)group->state;
}

static inline struct device_slot *device_slot(struct device *dev)
{
	return (struct device_slot *)dev->state;
}

static inline enum mode mode_of(uint64_t word)
{
	return (enum mode)(word & MODE);
}

/* Returns the condition, and makes the compiler optimize for false. Otherwise the common path would
 * spill its registers. */
static inline bool rarely(bool condition)
{
	return __builtin_expect_with_probability(condition, 0, 0.999);
}

static inline bool word_owned(uint64_t word)
{
	return mode_of(word) >= OWNED;
}

static inline uint64_t word_as(uint64_t word, enum mode mode)
{
	return (word & ~MODE) | mode;
}

static int device_slots_init(struct group *group)
{
	/* The first epoch is 1, because an empty slot is 0. */
	atomic_init(&device_slots(group)->word, EPOCH_ONE | SLOTS | WIDE);
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

/* -- probes -- */

/* Changes the mode of a group on which claims are rare. Fails if the word has changed. */
static inline void device_slots_widen(struct device_slots *g, uint64_t seen, uint64_t to)
{
	/* Relaxed: continues the release sequence of the last user. */
	atomic_compare_exchange_strong_explicit(
	    &g->word, &seen, to, memory_order_relaxed, memory_order_relaxed);
}

/* Adds a batch of probes to a CENTRAL group's numbers, and spreads the count if claims are rare. */
static inline void device_slots_batch_central(struct device_slots *g, uint64_t seen)
{
	/* Each claim that is granted begins an epoch. */
	const uint64_t claims =
	    (seen >> EPOCH_SHIFT) - atomic_load_explicit(&g->surplus_epoch, memory_order_relaxed);
	int surplus_probes = atomic_load_explicit(&g->surplus_probes, memory_order_relaxed) + BATCH;

	surplus_probes = claims > CENTRAL_MAX ? 0 : surplus_probes - (int)claims * CENTRAL_PROBES;
	surplus_probes = surplus_probes < 0 ? 0 : surplus_probes;
	atomic_store_explicit(&g->surplus_epoch, seen >> EPOCH_SHIFT, memory_order_relaxed);
	if (surplus_probes >= (int)bounded_threshold(CENTRAL_MAX)) {
		surplus_probes = 0;
		device_slots_widen(g, seen, word_as(seen, SHARDED));
	}
	atomic_store_explicit(&g->surplus_probes, surplus_probes, memory_order_relaxed);
}

/* Adds a batch of probes to a SHARDED group's numbers, and uses slots from now on if the credit is
 * spent. */
static inline void device_slots_batch_sharded(struct device_slots *g, uint64_t seen)
{
	atomic_fetch_add_explicit(&g->probes, BATCH, memory_order_relaxed);
	if (atomic_fetch_sub_explicit(&g->credit, BATCH, memory_order_relaxed) <= BATCH)
		device_slots_widen(g, seen, word_as(seen, SLOTS) | WIDE);
}

/* Ends a device's batch of probes. Returns 0, the result of the last one. */
__attribute__((noinline)) static int device_slots_batch(struct device *dev, uint64_t seen)
{
	struct device_slots *g = device_slots(dev->group);

	device_slot(dev)->probes = 0;
	device_slot(dev)->shard = nearby_shard(dev, SHARDS);
	if (mode_of(seen) == CENTRAL)
		device_slots_batch_central(g, seen);
	else if (mode_of(seen) == SHARDED)
		device_slots_batch_sharded(g, seen);
	return 0;
}

/* Ends a probe that was granted and counted here. The word was `seen` then. */
static inline int device_slots_granted(
    struct device *dev, _Atomic(uint64_t) *counted, uint64_t seen)
{
	struct device_slot *d = device_slot(dev);

	d->counted = counted;
	return rarely(++d->probes >= bounded_threshold(BATCH)) ? device_slots_batch(dev, seen) : 0;
}

/* Counts a driver in the word, in any mode. Returns the word as it was before. */
static inline uint64_t device_slots_add_to_word(struct device *dev)
{
	/* acquire: pairs with the release in device_slots_drop(). */
	return atomic_fetch_add_explicit(
	    &device_slots(dev->group)->word, COUNT_ONE, memory_order_acquire);
}

/* Adds in vain only if a user has claimed the group since this probe read the word. A thread then
 * reads that user next time, so it adds in vain at most once per user, and the count cannot
 * overflow. */
static __always_inline int device_slots_use_word(struct device *dev)
{
	const uint64_t old = device_slots_add_to_word(dev);

	return word_owned(old)
	           ? -EBUSY
	           : device_slots_granted(dev, &device_slots(dev->group)->word, old + COUNT_ONE);
}

/* Decides a probe that is counted in a shard of this epoch, and then read another word than
 * before. */
__attribute__((noinline)) static int device_slots_contend_shard(
    struct device *dev, _Atomic(uint64_t) *shard, uint64_t epoch, uint64_t seen)
{
	struct device_slots *g = device_slots(dev->group);

	if ((seen & EPOCH) == epoch && mode_of(seen) < CENTRAL)
		return device_slots_granted(dev, shard, seen);
	if (word_owned(seen) || word_owned(seen = device_slots_add_to_word(dev)))
		return -EBUSY;
	/* Relaxed: this driver is counted in the word now, where it will release. In a later epoch,
	 * its count in the shard is void. */
	if ((seen & EPOCH) == epoch)
		atomic_fetch_sub_explicit(shard, COUNT_ONE, memory_order_relaxed);
	return device_slots_granted(dev, &g->word, seen + COUNT_ONE);
}

/* Ends a probe that is counted in a shard of this epoch. It read the word `before` first. */
static inline int device_slots_look_again(
    struct device *dev, _Atomic(uint64_t) *shard, uint64_t epoch, uint64_t before)
{
	/* seq_cst, as the driver's addition to the shard: pairs with the claim, which makes the
	 * word pending and then loads the shards. Either the claim sees this driver, or this driver
	 * the claim. It acquires what the last user released, too.
	 * If the shard has a later epoch than `before`, this is another word: the addition has
	 * acquired the renewal of the shard, whose prober had read a word of that epoch. */
	const uint64_t seen =
	    atomic_load_explicit(&device_slots(dev->group)->word, memory_order_seq_cst);

	return rarely(seen != before) ? device_slots_contend_shard(dev, shard, epoch, seen)
	                              : device_slots_granted(dev, shard, seen);
}

/* Counts a driver in a shard that has this epoch, or that no driver has used in it. Returns false
 * if another thread changes the shard, or has a later epoch. */
static inline bool device_slots_renew_shard(_Atomic(uint64_t) *shard, uint64_t epoch)
{
	uint64_t old = atomic_load_explicit(shard, memory_order_relaxed);
	const uint64_t idle = (old & EPOCH) == epoch ? old : epoch;

	/* seq_cst: see device_slots_look_again(). */
	return (old & EPOCH) <= epoch &&
	       atomic_compare_exchange_strong_explicit(
		   shard, &old, idle + COUNT_ONE, memory_order_seq_cst, memory_order_relaxed);
}

/* Probes when the shard has another epoch than the word. */
__attribute__((noinline)) static int device_slots_use_first(
    struct device *dev, _Atomic(uint64_t) *shard, uint64_t before)
{
	return device_slots_renew_shard(shard, before & EPOCH)
	           ? device_slots_look_again(dev, shard, before & EPOCH, before)
	           : device_slots_use_word(dev);
}

/* A thread whose addition was in vain reads a later epoch next time, and adds to this shard again
 * only when the shard has that epoch, too. So the count cannot overflow. */
static inline int device_slots_use_shard(struct device *dev, uint64_t before)
{
	_Atomic(uint64_t) *shard = &device_slots(dev->group)->shards[device_slot(dev)->shard].word;
	uint64_t old = atomic_load_explicit(shard, memory_order_relaxed);

	if (rarely((old ^ before) & EPOCH))
		return device_slots_use_first(dev, shard, before);
	/* seq_cst: see device_slots_look_again(). */
	old = atomic_fetch_add_explicit(shard, COUNT_ONE, memory_order_seq_cst);
	return device_slots_look_again(dev, shard, old & EPOCH, before);
}

/* Decides a probe that stored a slot of this epoch and then read another word. The word had this
 * epoch when the probe began. */
__attribute__((noinline)) static int device_slots_contend(struct device *dev, uint64_t epoch)
{
	struct device_slots *g = device_slots(dev->group);
	uint64_t seen;

	/* Pairs with the fence in device_slots_try(). */
	fence_guarded();
	seen = fence_look(&g->word);
	if ((seen & EPOCH) != epoch) {
		fence_retract(&device_slot(dev)->slot);
		return -EBUSY;
	}
	if (mode_of(seen) < CENTRAL)
		return 0;
	/* The slot is cleared only after the addition. Until then no claim of this epoch is granted
	 * but the pending one, so a claim that is refused because of the slot is refused by a
	 * driver. */
	seen = device_slots_add_to_word(dev);
	fence_retract(&device_slot(dev)->slot);
	return word_owned(seen) ? -EBUSY : device_slots_granted(dev, &g->word, seen + COUNT_ONE);
}

static __always_inline int device_slots_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	/* Relaxed: a probe that is refused acquires nothing. One that is granted reads this word
	 * or a later one again, and acquires then. */
	const uint64_t before = atomic_load_explicit(word, memory_order_relaxed);

	/* SLOTS is tested first: its path is so short that one more branch shows. All paths are
	 * common. The probabilities, found by measurement, keep the compiler from taking a refusal
	 * for an error and moving it out of the caller's loop. */
	if (__builtin_expect_with_probability(mode_of(before) == SLOTS, 1, 0.4)) {
		fence_publish(&device_slot(dev)->slot, before);
		return rarely(fence_look(word) != before)
		           ? device_slots_contend(dev, before & EPOCH)
		           : 0;
	}
	if (__builtin_expect_with_probability(word_owned(before), 1, 0.9))
		return -EBUSY;
	return mode_of(before) != SHARDED ? device_slots_use_word(dev)
	                                  : device_slots_use_shard(dev, before);
}

static inline int device_slots_unuse_counted(struct device *dev)
{
	struct device_slot *d = device_slot(dev);

	if (!d->counted)
		return -EINVAL;
	/* release: pairs with the acquires of a claim that is granted. */
	atomic_fetch_sub_explicit(d->counted, COUNT_ONE, memory_order_release);
	d->counted = NULL;
	return 0;
}

static inline int device_slots_unuse(struct device *dev)
{
	struct device_slot *d = device_slot(dev);

	if (rarely(!atomic_load_explicit(&d->slot, memory_order_relaxed)))
		return device_slots_unuse_counted(dev);
	fence_retract(&d->slot);
	return 0;
}

/* -- claims -- */

/* Returns whether a driver is counted in a slot, or is about to be granted the group. */
static inline bool device_slots_slot_taken(struct group *group, uint64_t epoch)
{
	struct device *dev;

	lockdep_assert_held(&device_slots(group)->claimers);
	LIST_FOREACH (dev, &group->devices, link) {
		if ((fence_look_at_slot(&device_slot(dev)->slot) & EPOCH) == epoch)
			return true;
	}
	return false;
}

/* Returns whether a driver is counted in a shard, or is about to be granted the group. */
static inline bool device_slots_shard_taken(struct device_slots *g, uint64_t epoch)
{
	for (int i = 0; i < SHARDS; i++) {
		/* seq_cst: pairs with the addition in device_slots_use_shard(). It acquires what
		 * removed drivers released, too. */
		const uint64_t word =
		    atomic_load_explicit(&g->shards[i].word, memory_order_seq_cst);

		if ((word & EPOCH) == epoch && word & COUNT)
			return true;
	}
	return false;
}

/* Looks for drivers. Returns 0; -EPERM if there are some; or -EAGAIN if only slots contain some: a
 * remove that has returned may not be visible there yet. */
static inline int device_slots_driven(struct group *group, uint64_t word)
{
	if (word & COUNT || device_slots_shard_taken(device_slots(group), word & EPOCH))
		return -EPERM;
	return word & WIDE && device_slots_slot_taken(group, word & EPOCH) ? -EAGAIN : 0;
}

/* Accounts for a claim of a group that is not CENTRAL, and for those that were refused without the
 * lock. Returns whether claims are so frequent that the group should be CENTRAL. */
static inline bool device_slots_claims_frequent(struct device_slots *g)
{
	const int claims = 1 + (int)atomic_load_explicit(&g->refused, memory_order_relaxed);
	const unsigned int probes = atomic_load_explicit(&g->probes, memory_order_relaxed);
	const unsigned int since = probes - g->seen;
	const int surplus_claims = g->surplus_claims + claims * CENTRAL_PROBES -
	                           (int)(since < SINCE_MAX ? since : SINCE_MAX);

	lockdep_assert_held(&g->claimers);
	atomic_store_explicit(&g->refused, 0, memory_order_relaxed);
	g->seen = probes;
	g->surplus_claims = surplus_claims < 0 ? 0 : surplus_claims;
	return g->surplus_claims >= (int)bounded_threshold(CENTRAL_MAX);
}

static inline void device_slots_set_credit(struct device_slots *g, int credit)
{
	atomic_store_explicit(
	    &g->credit, (int)bounded_threshold((unsigned int)credit), memory_order_relaxed);
}

/* Adds to the credit for a claim that was spared a heavy fence. */
static inline void device_slots_add_credit(struct device_slots *g)
{
	const int credit = atomic_load_explicit(&g->credit, memory_order_relaxed);

	if (credit < CREDIT_MAX)
		device_slots_set_credit(g, (credit < 0 ? 0 : credit) + SHARDED_PROBES);
}

static inline bool device_slots_own(
    struct device_slots *g, uint64_t *seen, uint64_t flags, void *owner)
{
	const uint64_t epoch = (*seen & EPOCH) + EPOCH_ONE;

	/* acquire: pairs with the releases in device_slots_drop() and
	 * device_slots_unuse_counted(). */
	if (!atomic_compare_exchange_strong_explicit(
		&g->word, seen, epoch | OWNED | flags, memory_order_acquire, memory_order_relaxed))
		return false;
	atomic_store_explicit(&g->owner, owner, memory_order_relaxed);
	/* release: pairs with the acquire in device_slots_owner(). */
	atomic_store_explicit(&g->owner_epoch, epoch, memory_order_release);
	return true;
}

/* Claims a CENTRAL group. Returns 0; -EPERM if there are drivers; or 1 with the word in *seen if
 * the group is in another mode, or owned. */
static inline int device_slots_claim_central(struct device_slots *g, uint64_t *seen, void *owner)
{
	while (mode_of(*seen) == CENTRAL) {
		if (*seen & COUNT)
			return -EPERM;
		if (device_slots_own(g, seen, 0, owner))
			return 0;
	}
	return 1;
}

/* Makes the claim of a SHARDED group pending and looks for drivers. While it is pending, probers
 * count themselves in the word, so the shards empty. Returns 0; -EPERM if there are drivers; or
 * -EAGAIN if only the slots show some, or the group uses slots. */
static inline int device_slots_try(struct group *group, int looks, bool frequent, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);
	uint64_t pending = word_as(seen, PENDING);
	int ret;

	if (mode_of(seen) == SLOTS)
		return -EAGAIN;
	/* seq_cst: pairs with the load of the word in device_slots_look_again(). Fails if a driver
	 * has changed the mode, or is added to the word or removed. */
	if (!atomic_compare_exchange_strong_explicit(
		&g->word, &seen, pending, memory_order_seq_cst, memory_order_relaxed))
		return -EPERM;
	if (pending & WIDE)
		/* seq_cst: pairs with fence_guarded(). */
		atomic_thread_fence(memory_order_seq_cst);
	do {
		ret = device_slots_driven(group, pending);
		if (!ret && device_slots_own(g, &pending, frequent ? 0 : WIDE, owner))
			return 0;
		pending = atomic_load_explicit(&g->word, memory_order_relaxed);
	} while (--looks > 0);
	/* Relaxed: continues the release sequence. Each failure is due to a driver that is added or
	 * removed. */
	while (!atomic_compare_exchange_weak_explicit(&g->word, &pending, word_as(pending, SHARDED),
	    memory_order_relaxed, memory_order_relaxed))
		;
	return ret ? ret : -EPERM;
}

/* Makes a group that uses slots SHARDED, and makes all slots visible that have been stored. */
static inline void device_slots_gather(struct device_slots *g)
{
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	/* Keeps probers from changing the mode back before the claim is over. If one does so
	 * nevertheless, it is a driver, and the claim is refused. */
	device_slots_set_credit(g, CREDIT_ENDLESS);
	/* Relaxed: continues the release sequence of the last user, so a prober that finds the new
	 * mode is ordered after that user. Each failure is due to a driver that is added or
	 * removed. */
	while (mode_of(seen) == SLOTS &&
	       !atomic_compare_exchange_weak_explicit(&g->word, &seen, word_as(seen, SHARDED),
		   memory_order_relaxed, memory_order_relaxed))
		;
	/* Pairs with fence_publish() and fence_retract(). */
	fence_heavy();
}

/* Claims the group. Returns 0; -EPERM if there are drivers; or 1 if a user owns the group. */
static int device_slots_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	/* Relaxed: a claim that is granted acquires. */
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);
	int ret = device_slots_claim_central(g, &seen, owner);
	bool frequent;

	lockdep_assert_held(&g->claimers);
	if (ret <= 0 || word_owned(seen))
		return ret;
	frequent = device_slots_claims_frequent(g);
	/* The first look keeps a claim that will be refused from disturbing the probers. */
	if (seen & COUNT)
		ret = -EPERM;
	else if (mode_of(seen) == SLOTS)
		ret = -EAGAIN;
	else
		ret = frequent ? 0 : device_slots_driven(group, seen);
	if (!ret)
		ret = device_slots_try(
		    group, bounded_tries(frequent ? LOOKS_MANY : LOOKS), frequent, owner);
	if (ret == -EAGAIN) {
		device_slots_gather(g);
		ret = device_slots_try(group, bounded_tries(LOOKS_MANY), frequent, owner);
		device_slots_set_credit(
		    g, ++g->heavy % CREDIT_TRIAL ? CREDIT_SMALL : SHARDED_PROBES);
	} else {
		device_slots_add_credit(g);
	}
	if (frequent)
		g->surplus_claims = 0;
	return ret ? -EPERM : 0;
}

/* Returns true if a driver is certain to be counted in the word or in a shard of a SHARDED group.
 * May return false although one is, if a claim is pending. Takes no lock. */
static inline bool device_slots_counted(struct device_slots *g, uint64_t seen)
{
	/* The prober that was seen in a shard may still be refused if a pending claim has missed
	 * it. seq_cst: such a claim became pending before this load, as in
	 * device_slots_look_again(). */
	return seen & COUNT ||
	       (device_slots_shard_taken(g, seen & EPOCH) &&
		   mode_of(atomic_load_explicit(&g->word, memory_order_seq_cst)) != PENDING);
}

/* Returns whether a driver in the word or in a shard refuses the claim of a SHARDED group. Takes no
 * lock. After REFUSED_BATCH such claims returns false, so that device_slots_take() counts them. */
static inline bool device_slots_refuse(struct device_slots *g, uint64_t seen)
{
	const unsigned int refused = atomic_load_explicit(&g->refused, memory_order_relaxed);

	if (mode_of(seen) != SHARDED || refused >= bounded_threshold(REFUSED_BATCH) ||
	    !device_slots_counted(g, seen))
		return false;
	device_slots_add_credit(g);
	atomic_store_explicit(&g->refused, refused + 1, memory_order_relaxed);
	return true;
}

/* Claims a group that is not CENTRAL. */
__attribute__((noinline)) static int device_slots_claim_spread(
    struct group *group, uint64_t seen, void *owner)
{
	struct device_slots *g = device_slots(group);
	int ret;

	if (word_owned(seen) || device_slots_refuse(g, seen))
		return -EPERM;
	lock_acquire(&g->claimers);
	ret = device_slots_take(group, owner);
	lock_release(&g->claimers);
	return ret ? -EPERM : 0;
}

static __always_inline int device_slots_claim(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	/* Relaxed: a claim that is granted acquires. */
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);
	int ret;

	if (!owner)
		return -EINVAL;
	ret = device_slots_claim_central(g, &seen, owner);
	return ret > 0 ? device_slots_claim_spread(group, seen, owner) : ret;
}

/* Returns the owner in this epoch. A claim stores it just after it is granted. */
static inline void *device_slots_owner(struct device_slots *g, uint64_t epoch)
{
	/* acquire: pairs with the release in device_slots_own(). */
	while (atomic_load_explicit(&g->owner_epoch, memory_order_acquire) < epoch)
		;
	return atomic_load_explicit(&g->owner, memory_order_relaxed);
}

/* Counts one more claim of the user. Returns 0; -EPERM if another user owns the group; or 1 if none
 * does. */
static int device_slots_nest(struct device_slots *g, void *owner)
{
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	lockdep_assert_held(&g->claimers);
	while (mode_of(seen) == OWNED) {
		const uint64_t nested = word_as(seen, NESTED);

		if (device_slots_owner(g, seen & EPOCH) != owner)
			return -EPERM;
		g->cnt = 2;
		/* Relaxed: device_slots_owner() orders this claim after the first one. Fails if
		 * that is released, or if a prober is refused. */
		if (atomic_compare_exchange_weak_explicit(
			&g->word, &seen, nested, memory_order_relaxed, memory_order_relaxed))
			return 0;
	}
	if (mode_of(seen) != NESTED)
		return 1;
	if (device_slots_owner(g, seen & EPOCH) != owner)
		return -EPERM;
	g->cnt++;
	return 0;
}

static int device_slots_device_claim(struct device *dev, void *owner)
{
	struct device_slots *g = device_slots(dev->group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	/* Repeats if the group was claimed without the lock between the two steps: that claim may
	 * be this owner's. */
	do {
		ret = device_slots_nest(g, owner);
		if (ret > 0)
			ret = device_slots_take(dev->group, owner);
	} while (ret > 0);
	lock_release(&g->claimers);
	return ret;
}

/* Releases a group in this mode. Returns false if it is in another one. */
static inline bool device_slots_drop(struct device_slots *g, enum mode mode)
{
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	/* release: pairs with the acquires of later probes and claims. Each failure is due to a
	 * prober that is refused, which happens once to each, or to a nested claim. */
	while (mode_of(seen) == mode) {
		if (atomic_compare_exchange_weak_explicit(&g->word, &seen,
			(seen & EPOCH) | (seen & WIDE ? SHARDED : CENTRAL), memory_order_release,
			memory_order_relaxed))
			return true;
	}
	return false;
}

__attribute__((noinline)) static int device_slots_release_nested(struct device_slots *g)
{
	int ret;

	lock_acquire(&g->claimers);
	ret = device_slots_drop(g, NESTED) ? 0 : -EINVAL;
	lock_release(&g->claimers);
	return ret;
}

static __always_inline int device_slots_release(struct group *group)
{
	struct device_slots *g = device_slots(group);

	return device_slots_drop(g, OWNED) ? 0 : device_slots_release_nested(g);
}

static int device_slots_device_release(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	int ret = 0;

	if (device_slots_drop(g, OWNED))
		return 0;
	lock_acquire(&g->claimers);
	if (mode_of(atomic_load_explicit(&g->word, memory_order_relaxed)) != NESTED)
		ret = -EINVAL;
	else if (!--g->cnt)
		device_slots_drop(g, NESTED);
	lock_release(&g->claimers);
	return ret;
}

/* Takes the lock unless the word, or a shard of a SHARDED group, decides. */
static bool device_slots_claimed(struct group *group)
{
	struct device_slots *g = device_slots(group);
	uint64_t word = atomic_load_explicit(&g->word, memory_order_relaxed);
	bool claimed;

	if (word_owned(word))
		return true;
	if (mode_of(word) == CENTRAL)
		return word & COUNT;
	if (mode_of(word) == SHARDED && device_slots_counted(g, word))
		return true;
	lock_acquire(&g->claimers);
	word = atomic_load_explicit(&g->word, memory_order_relaxed);
	/* Usually a slot answers. Otherwise looks in the order in which drivers can move while no
	 * claim is pending: from the word to the shards and to the slots. */
	claimed = word_owned(word) ||
	          (word & WIDE && device_slots_slot_taken(group, word & EPOCH)) ||
	          device_slots_driven(group, word);
	lock_release(&g->claimers);
	return claimed;
}

static const struct impl_ops impl = {
    .summary = "counts drivers in the word, in shards or in devices' slots, the further apart the "
	       "rarer claims are",
    .source = "this suite, from fetch_add_exact, sharded and device_slots_unguarded",
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
