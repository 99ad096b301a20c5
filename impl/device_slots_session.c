/* SPDX-License-Identifier: MIT */
/*
 * device_slots, where the word says whose session it is: the drivers' or the users'. A session
 * stays after its last owner has let go, until the other side comes. So within a session nobody
 * pays for the other side: a probe is a store and two loads, a claim and a release are one
 * compare-and-swap each, with no lock, no walk and no fence of the heavy kind.
 *
 * In the users' session the word also counts their claims, so the first driver ends an idle one
 * by a compare-and-swap, and then goes on as in a session that was the drivers' before. The
 * drivers' session ends as in device_slots: a claim announces itself, passes the heavy fence, and
 * walks the slots; a prober that meets it there aborts it.
 *
 * The word: state (3 bits), the user's number (16 bits) and his claims (13 bits), both 0 in a
 * session that he does not own, and the epoch (32 bits): the number of drivers' sessions so far. It
 * wraps: should a prober that is refused sleep before it takes its slot back, while four thousand
 * million sessions begin and end, then a claim that comes while it still sleeps is refused
 * for nothing. Two owners there are never: a probe is granted only by a word that it reads behind
 * its store to the slot.
 */
#include <stdint.h>

#include "fence/any.h"
#include "impl.h"
#include "lock/pthread_mutex.h"
#include "owner_id.h"

enum { WORD_DRIVERS = 1, WORD_USERS = 2, WORD_ANNOUNCED = 3, WORD_PENDING = 7 };
enum { WORD_TAKEN = 2, WORD_STATE = 7, WALKS = 64 }; /* of a claim, as in device_slots */
enum { WORD_ID_SHIFT = 3, WORD_CNT_SHIFT = WORD_ID_SHIFT + OWNER_ID_BITS };
#define WORD_EPOCH (UINT64_C(1) << 32)
#define WORD_CLAIM (UINT64_C(1) << WORD_CNT_SHIFT)
#define WORD_CLAIMS (WORD_EPOCH - WORD_CLAIM)

struct session {
	struct lock claimers; /* guards the device list, and a word in the drivers' state */
	_Atomic(uint64_t) word;
};

struct session_slot {
	_Atomic(uint64_t) tag; /* 0, or of the epoch its driver came in; device_lock() guards it */
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

/* The word's epoch in a state that nobody is counted in. */
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

/* A user was granted the group since we looked: that he owns it, or did, is why we are refused. */
static inline int session_refused(struct device *dev)
{
	fence_retract(session_slot(dev));
	return -EBUSY;
}

/* The slot with this tag is stored, and the word was not its tag. Of a claim that is pending and us
 * only one gets the group; one that is announced has its walk to come, and will see the slot. */
__attribute__((noinline)) static int session_contend(struct device *dev, uint64_t tag)
{
	_Atomic(uint64_t) *word = &session(dev->group)->word;
	uint64_t seen;

	/* seq_cst: pairs with the fence in session_walk(). */
	atomic_thread_fence(memory_order_seq_cst);
	seen = fence_look(word);
	/* acquire, both: pairs with the release in session_release_as(); needed where epochs wrap.
	 */
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

/* The users' session, which none of them owns, or a claim is pending. */
__attribute__((noinline)) static int session_use_taken(struct device *dev, uint64_t seen)
{
	_Atomic(uint64_t) *word = &session(dev->group)->word;

	/* Begins a session of the drivers'. Relaxed, both: session_enter() acquires. If that fails,
	 * and the session is the users' yet, one of them was granted the group meanwhile. */
	if (word_users(seen) &&
	    !atomic_compare_exchange_strong_explicit(word, &seen, word_as(seen, WORD_DRIVERS),
		memory_order_relaxed, memory_order_relaxed) &&
	    word_users(seen))
		return -EBUSY;
	return session_enter(dev, word_as(seen, WORD_DRIVERS));
}

static inline int session_use(struct device *dev)
{
	/* Orders nothing: fence_look() does, and finds this or what came later. */
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

/* A slot with this epoch's tag is a driver's, or about to be. */
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

/* The claim is announced, and every prober has seen that or is seen by us.
 * -EPERM: a driver has a slot, or came while we walked. */
static int session_walk(struct group *group, uint64_t drivers, uint64_t id)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	uint64_t pending = word_as(drivers, WORD_PENDING);
	uint64_t granted =
	    word_as(drivers + WORD_EPOCH, WORD_USERS) | id << WORD_ID_SHIFT | WORD_CLAIM;

	if (atomic_load_explicit(word, memory_order_relaxed) != pending) {
		/* Relaxed: between the last user and us fence_heavy() has passed. */
		atomic_store_explicit(word, pending, memory_order_relaxed);
		/* seq_cst: pairs with the fence in session_contend(). */
		atomic_thread_fence(memory_order_seq_cst);
	}
	if (session_driven(group, drivers))
		return -EPERM;
	/* release: pairs with the acquire of a nested claim in session_claim_as(), which comes
	 * after the drivers that the walk came after. Fails if a prober has aborted us. */
	return atomic_compare_exchange_strong_explicit(
		   word, &pending, granted, memory_order_release, memory_order_relaxed)
	           ? 0
	           : -EPERM;
}

/* Ends the drivers' session for this user. -EAGAIN: it has ended already. */
static int session_take(struct group *group, uint64_t id)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	/* acquire: pairs with the release in session_release_as(): the store below hides it from
	 * the probers that find the claim. */
	uint64_t drivers = atomic_load_explicit(word, memory_order_acquire);
	int ret = -EPERM;

	lockdep_assert_held(&session(group)->claimers);
	if (word_users(drivers))
		return -EAGAIN;
	/* Nobody else changes this word, or announces. release: pairs with fence_look(), as a
	 * prober that finds the claim comes after the last user, too. The fence pairs with
	 * fence_publish(). */
	atomic_store_explicit(word, word_as(drivers, WORD_ANNOUNCED), memory_order_release);
	fence_heavy();
	for (int walks = 0; ret && walks < bounded_tries(WALKS); walks++)
		ret = session_walk(group, drivers, id);
	if (ret)
		/* Relaxed: as in session_walk(). */
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

/* Whether the users' session has room for one more claim: 0 or a negative errno. */
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
			/* acquire: pairs with the release in session_release_as(), and with the
			 * one in session_take(). */
			if (atomic_compare_exchange_weak_explicit(
				word, &seen, wanted, memory_order_acquire, memory_order_relaxed))
				return 0;
		}
		ret = session_take_locked(group, (uint64_t)id);
	} while (ret == -EAGAIN);
	return ret;
}

/* All claims, or one; the session stays. */
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
    .summary = "device_slots that stay with a side, drivers or users, until the other one comes",
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
