/* SPDX-License-Identifier: MIT */
/*
 * device_slots with a word that also records whose session it is: the drivers' or the users'. A
 * session outlives its last owner, until the other side comes. So operations within a session do
 * not pay for the other side: a probe is a store and two loads; a claim and a release are a
 * compare-and-swap each, with no lock, walk or heavy fence.
 *
 * Users' session: the word also counts the user's claims. The first driver ends an idle session
 * with a compare-and-swap, and continues as in a drivers' session. Drivers' session: it ends as in
 * device_slots. A claim announces itself in the word, passes the heavy fence, and walks the slots;
 * a prober that meets a pending claim aborts it.
 *
 * The design is exact, and probe and remove are wait-free: a prober tries at most two
 * compare-and-swaps. Limit: changing sides costs a heavy fence and a walk, or a contended
 * compare-and-swap.
 *
 * The word: state (3 bits); the user's id (16 bits) and its count of claims (13 bits), both 0 while
 * no user owns the group; the epoch (32 bits), which grows with each change to a users' session.
 * The epoch wraps. If a refused prober sleeps for 2^32 such changes before it retracts its slot, a
 * claim made meanwhile can be refused without reason. Two owners remain impossible: a probe is
 * granted only by a word that it reads after its store to the slot.
 *
 * Source: this suite.
 */
#include <stdint.h>

#include "fence/any.h"
#include "impl.h"
#include "lock/pthread_mutex.h"
#include "owner_id.h"

enum { WORD_DRIVERS = 1, WORD_USERS = 2, WORD_ANNOUNCED = 3, WORD_PENDING = 7 };
enum { WORD_TAKEN = 2, WORD_STATE = 7, WALKS = 64 }; /* walks of one claim, as in device_slots */
enum { WORD_ID_SHIFT = 3, WORD_CNT_SHIFT = WORD_ID_SHIFT + OWNER_ID_BITS };
#define WORD_EPOCH (UINT64_C(1) << 32)
#define WORD_CLAIM (UINT64_C(1) << WORD_CNT_SHIFT)
#define WORD_CLAIMS (WORD_EPOCH - WORD_CLAIM)

struct session {
	struct lock claimers; /* guards the device list and, in a drivers' session, the word */
	_Atomic(uint64_t) word;
};

struct session_slot {
	_Atomic(uint64_t) tag; /* 0, or the tag of its driver's epoch; guarded by device_lock */
};

static inline struct session *session(struct group *group)
{
	return (struct session *)group->state;
}

static inline _Atomic(uint64_t) *session_slot(struct device *dev)
{
	return &((struct session_slot *)dev->state)->tag;
}

static inline uint64_t word_state(uint64_t word)
{
	return word & WORD_STATE;
}

/* Returns the word's epoch with this state, and with no user. */
static inline uint64_t word_as(uint64_t word, uint64_t state)
{
	return (word & -WORD_EPOCH) | state;
}

static inline bool word_users(uint64_t word)
{
	return word_state(word) == WORD_USERS;
}

static inline bool word_owned_by(uint64_t word, uint64_t id)
{
	return (word & (WORD_CLAIM - 1)) == (id << WORD_ID_SHIFT | WORD_USERS);
}

static int session_setup(void)
{
	int ret = fence_setup();

	return ret ? ret : owner_ids_setup();
}

static int session_init(struct group *group)
{
	atomic_init(&session(group)->word, WORD_DRIVERS);
	return lock_init(&session(group)->claimers);
}

static void session_destroy(struct group *group)
{
	lock_destroy(&session(group)->claimers);
}

static void session_add(struct group *group, struct device *dev)
{
	struct session *g = session(group);

	lock_acquire(&g->claimers);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->claimers);
}

static void session_remove(struct group *group, struct device *dev)
{
	struct session *g = session(group);

	lock_acquire(&g->claimers);
	LIST_REMOVE(dev, link);
	lock_release(&g->claimers);
}

/* Refuses a probe: a user was granted the group since this thread read the word. */
static inline int session_refused(struct device *dev)
{
	fence_retract(session_slot(dev));
	return -EBUSY;
}

/* Decides a probe that stored its slot with this tag and then read another word. If a claim is
 * pending, this thread's compare-and-swap aborts it or fails, so only one of them gets the group. A
 * claim that is only announced has yet to walk, and will see the slot. */
__attribute__((noinline)) static int session_contend(struct device *dev, uint64_t tag)
{
	_Atomic(uint64_t) *word = &session(dev->group)->word;
	uint64_t seen;

	/* seq_cst: pairs with the fence in session_walk(). */
	atomic_thread_fence(memory_order_seq_cst);
	seen = fence_look(word);
	/* acquire, both: pair with the release in session_release_as(). Needed only if the epoch
	 * wraps. */
	if (seen == word_as(tag, WORD_PENDING) &&
	    atomic_compare_exchange_strong_explicit(word, &seen, word_as(tag, WORD_ANNOUNCED),
		memory_order_acquire, memory_order_acquire))
		return 0;
	return seen == tag || seen == word_as(tag, WORD_ANNOUNCED) ? 0 : session_refused(dev);
}

static inline int session_enter(struct device *dev, uint64_t tag)
{
	fence_publish(session_slot(dev), tag);
	return fence_look(&session(dev->group)->word) == tag ? 0 : session_contend(dev, tag);
}

/* Probes when the word read shows a pending claim, or a users' session that no user owns. */
__attribute__((noinline)) static int session_use_taken(struct device *dev, uint64_t seen)
{
	_Atomic(uint64_t) *word = &session(dev->group)->word;

	/* Begins a drivers' session. Relaxed, both: session_enter() acquires. If it fails and the
	 * session is still the users', a user was granted the group meanwhile. */
	if (word_users(seen) &&
	    !atomic_compare_exchange_strong_explicit(word, &seen, word_as(seen, WORD_DRIVERS),
		memory_order_relaxed, memory_order_relaxed) &&
	    word_users(seen))
		return -EBUSY;
	return session_enter(dev, word_as(seen, WORD_DRIVERS));
}

static inline int session_use(struct device *dev)
{
	/* Relaxed: fence_look() acquires, and reads this word or a later one. */
	uint64_t before = atomic_load_explicit(&session(dev->group)->word, memory_order_relaxed);

	if (before & WORD_TAKEN)
		return before & WORD_CLAIMS ? -EBUSY : session_use_taken(dev, before);
	return session_enter(dev, before);
}

static inline int session_unuse(struct device *dev)
{
	if (!atomic_load_explicit(session_slot(dev), memory_order_relaxed))
		return -EINVAL;
	fence_retract(session_slot(dev));
	return 0;
}

/* Returns whether a slot has this epoch's tag: a driver holds it or is about to. */
static inline bool session_driven(struct group *group, uint64_t tag)
{
	struct device *dev;

	lockdep_assert_held(&session(group)->claimers);
	LIST_FOREACH (dev, &group->devices, link) {
		if (fence_look_at_slot(session_slot(dev)) == tag)
			return true;
	}
	return false;
}

/* Walks the slots of an announced claim, after the heavy fence: each prober has seen the claim or
 * its slot is visible here. Returns -EPERM if a driver has a slot, or aborted the claim during the
 * walk. */
static int session_walk(struct group *group, uint64_t drivers, uint64_t id)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	uint64_t pending = word_as(drivers, WORD_PENDING);
	uint64_t granted =
	    word_as(drivers + WORD_EPOCH, WORD_USERS) | id << WORD_ID_SHIFT | WORD_CLAIM;

	if (atomic_load_explicit(word, memory_order_relaxed) != pending) {
		/* Relaxed: fence_heavy() was passed since the last user's release. */
		atomic_store_explicit(word, pending, memory_order_relaxed);
		/* seq_cst: pairs with the fence in session_contend(). */
		atomic_thread_fence(memory_order_seq_cst);
	}
	if (session_driven(group, drivers))
		return -EPERM;
	/* release: pairs with the acquire in session_claim_as(), so that a nested claim is ordered
	 * after the drivers that this walk was ordered after. Fails if a prober has aborted the
	 * claim. */
	return atomic_compare_exchange_strong_explicit(
		   word, &pending, granted, memory_order_release, memory_order_relaxed)
	           ? 0
	           : -EPERM;
}

/* Ends the drivers' session in favour of this user. Returns -EAGAIN if it has already ended, -EPERM
 * if drivers keep the group. */
static int session_take(struct group *group, uint64_t id)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	/* acquire: pairs with the release in session_release_as(). The store below hides that
	 * release from the probers that find the claim, so it has to pass it on. */
	uint64_t drivers = atomic_load_explicit(word, memory_order_acquire);
	int ret = -EPERM;

	lockdep_assert_held(&session(group)->claimers);
	if (word_users(drivers))
		return -EAGAIN;
	/* release: pairs with fence_look(), so that a prober that finds the claim is ordered after
	 * the last user as well. A store is enough: only the holder of the claimers' lock announces
	 * claims or changes this word, except for aborts. The heavy fence pairs with
	 * fence_publish(). */
	atomic_store_explicit(word, word_as(drivers, WORD_ANNOUNCED), memory_order_release);
	fence_heavy();
	for (int walks = 0; ret && walks < bounded_tries(WALKS); walks++)
		ret = session_walk(group, drivers, id);
	if (ret)
		/* Relaxed: see session_walk(). */
		atomic_store_explicit(word, drivers, memory_order_relaxed);
	return ret;
}

static int session_take_locked(struct group *group, uint64_t id)
{
	int ret;

	lock_acquire(&session(group)->claimers);
	ret = session_take(group, id);
	lock_release(&session(group)->claimers);
	return ret;
}

/* Returns 0 if the users' session admits one more claim by this user, or a negative errno. */
static inline int session_has_room(uint64_t word, uint64_t id, bool nested)
{
	if (!(word & WORD_CLAIMS))
		return 0;
	if (!nested || !word_owned_by(word, id))
		return -EPERM;
	return (word & WORD_CLAIMS) == WORD_CLAIMS ? -EOVERFLOW : 0;
}

static int session_claim_as(struct group *group, void *owner, bool nested)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	int ret, id = owner_id(owner);
	uint64_t seen, wanted;

	if (id < 0)
		return id;
	do {
		seen = atomic_load_explicit(word, memory_order_relaxed);
		while (word_users(seen)) {
			ret = session_has_room(seen, (uint64_t)id, nested);
			if (ret)
				return ret;
			wanted = (seen | (uint64_t)id << WORD_ID_SHIFT) + WORD_CLAIM;
			/* acquire: pairs with the releases in session_release_as() and
			 * session_walk(). */
			if (atomic_compare_exchange_weak_explicit(
				word, &seen, wanted, memory_order_acquire, memory_order_relaxed))
				return 0;
		}
		ret = session_take_locked(group, (uint64_t)id);
	} while (ret == -EAGAIN);
	return ret;
}

/* Drops one claim if `nested`, otherwise all of them. The users' session continues. */
static int session_release_as(struct group *group, bool nested)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed), wanted;

	do {
		if (!word_users(seen) || !(seen & WORD_CLAIMS))
			return -EINVAL;
		if (nested && (seen & WORD_CLAIMS) != WORD_CLAIM)
			wanted = seen - WORD_CLAIM;
		else
			wanted = word_as(seen, WORD_USERS);
		/* release: pairs with fence_look() and with the acquire of the next claim. */
	} while (!atomic_compare_exchange_weak_explicit(
	    word, &seen, wanted, memory_order_release, memory_order_relaxed));
	return 0;
}

static int session_claim(struct group *group, void *owner)
{
	return session_claim_as(group, owner, false);
}

static int session_release(struct group *group)
{
	return session_release_as(group, false);
}

static int session_device_claim(struct device *dev, void *owner)
{
	return session_claim_as(dev->group, owner, true);
}

static int session_device_release(struct device *dev)
{
	return session_release_as(dev->group, true);
}

static bool session_claimed(struct group *group)
{
	struct session *g = session(group);
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_relaxed);
	bool claimed;

	if (word_users(seen))
		return seen & WORD_CLAIMS;
	lock_acquire(&g->claimers);
	seen = atomic_load_explicit(&g->word, memory_order_relaxed);
	claimed = word_users(seen) ? seen & WORD_CLAIMS : session_driven(group, seen);
	lock_release(&g->claimers);
	return claimed;
}

static const struct impl_ops impl = {
    .summary =
	"device_slots, but the side that owned the group last pays nothing for the other side",
    .source = "this suite",
    .class = CLASS_EXACT,
    .progress = PROGRESS_WAIT_FREE,
    .setup = session_setup,
    .group_size = sizeof(struct session),
    .device_size = sizeof(struct session_slot),
    .group_init = session_init,
    .group_destroy = session_destroy,
    .device_add = session_add,
    .device_remove = session_remove,
    .use_default_domain = session_use,
    .unuse_default_domain = session_unuse,
    .group_claim = session_claim,
    .group_release = session_release,
    .device_claim = session_device_claim,
    .device_release = session_device_release,
    .claimed = session_claimed,
};
