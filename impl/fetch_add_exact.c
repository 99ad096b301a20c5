/* SPDX-License-Identifier: MIT */
/*
 * One word: a probe adds its driver with a fetch-and-add. Where it meets a user it is refused, and
 * takes nothing back: what drivers have added while a user owned the group is none, and goes when
 * the user's last release stores 0 over it. So no increment outlives the user that it met.
 *
 * A probe looks before it adds, so in the time of one user every thread adds in vain once at most:
 * the drivers' field cannot overflow into the next. And a refused probe writes nothing as a rule.
 *
 * All changes are read-modify-writes of one word, so a release is seen through whatever changes
 * come behind it.
 */
#include "device_list.h"
#include "impl.h"
#include "owner_id.h"

/* From the top: the user's number, how often it has claimed, and the drivers. */
enum { DRIVERS_BITS = 32, CLAIMS_MAX = UINT16_MAX };
#define ONE_CLAIM (UINT64_C(1) << DRIVERS_BITS)
#define DRIVERS_MASK (ONE_CLAIM - 1)

struct fetch_add_exact {
	_Atomic(uint64_t) word;
	struct lock hotplug;
};

static inline _Atomic(uint64_t) *fetch_add_exact(struct group *group)
{
	return &((struct fetch_add_exact *)group->state)->word;
}

/* What is 0 while no user owns the group. */
static inline uint64_t fetch_add_exact_user(uint64_t word)
{
	return word >> (64 - OWNER_ID_BITS);
}

static inline uint64_t fetch_add_exact_claims(uint64_t word)
{
	return word >> DRIVERS_BITS & CLAIMS_MAX;
}

static inline uint64_t fetch_add_exact_first_claim(int id)
{
	return (uint64_t)id << (64 - OWNER_ID_BITS) | ONE_CLAIM;
}

static inline struct lock *fetch_add_exact_hotplug(struct group *group)
{
	return &((struct fetch_add_exact *)group->state)->hotplug;
}

static int fetch_add_exact_init(struct group *group)
{
	return lock_init(fetch_add_exact_hotplug(group));
}

static void fetch_add_exact_destroy(struct group *group)
{
	lock_destroy(fetch_add_exact_hotplug(group));
}

static void fetch_add_exact_add(struct group *group, struct device *dev)
{
	device_list_add(fetch_add_exact_hotplug(group), group, dev);
}

static void fetch_add_exact_remove(struct group *group, struct device *dev)
{
	device_list_remove(fetch_add_exact_hotplug(group), dev);
}

static inline int fetch_add_exact_use(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add_exact(dev->group);

	if (fetch_add_exact_user(atomic_load_explicit(word, memory_order_relaxed)))
		return -EBUSY;
	/* acquire: pairs with the release in fetch_add_exact_put(), so that a probe comes after all
	 * that the last user did. */
	return fetch_add_exact_user(atomic_fetch_add_explicit(word, 1, memory_order_acquire))
	           ? -EBUSY
	           : 0;
}

static inline int fetch_add_exact_unuse(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add_exact(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	if (fetch_add_exact_user(seen) || !(seen & DRIVERS_MASK))
		return -EINVAL;
	/* release: pairs with the acquire in fetch_add_exact_get(). */
	atomic_fetch_sub_explicit(word, 1, memory_order_release);
	return 0;
}

/* acquire: pairs with the release in fetch_add_exact_unuse() and fetch_add_exact_put(), so that a
 * user comes after all that the drivers and the last user did. On failure *seen is the word as it
 * is. */
static inline bool fetch_add_exact_get(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_strong_explicit(
	    word, seen, wanted, memory_order_acquire, memory_order_relaxed);
}

/* release: pairs with the acquire in fetch_add_exact_use() and fetch_add_exact_get(). */
static inline bool fetch_add_exact_put(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_weak_explicit(
	    word, seen, wanted, memory_order_release, memory_order_relaxed);
}

static inline int fetch_add_exact_claim(struct group *group, void *owner)
{
	int id = owner_id(owner);
	uint64_t idle = 0;

	if (id < 0)
		return id;
	return fetch_add_exact_get(fetch_add_exact(group), &idle, fetch_add_exact_first_claim(id))
	           ? 0
	           : -EPERM;
}

/* With it go the drivers that were added in vain. */
static inline uint64_t fetch_add_exact_let_go(uint64_t word)
{
	(void)word;
	return 0;
}

static inline int fetch_add_exact_release(struct group *group)
{
	_Atomic(uint64_t) *word = fetch_add_exact(group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (!fetch_add_exact_user(seen))
			return -EINVAL;
	} while (!fetch_add_exact_put(word, &seen, fetch_add_exact_let_go(seen)));
	return 0;
}

static inline int fetch_add_exact_device_claim(struct device *dev, void *owner)
{
	_Atomic(uint64_t) *word = fetch_add_exact(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	int id = owner_id(owner);
	uint64_t wanted;

	if (id < 0)
		return id;
	do {
		if (seen && fetch_add_exact_user(seen) != (uint64_t)id)
			return -EPERM;
		if (fetch_add_exact_claims(seen) == CLAIMS_MAX)
			return -EOVERFLOW;
		wanted = seen ? seen + ONE_CLAIM : fetch_add_exact_first_claim(id);
	} while (!fetch_add_exact_get(word, &seen, wanted));
	return 0;
}

static inline int fetch_add_exact_device_release(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add_exact(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	uint64_t wanted;

	do {
		if (!fetch_add_exact_user(seen))
			return -EINVAL;
		wanted = fetch_add_exact_claims(seen) > 1 ? seen - ONE_CLAIM
		                                          : fetch_add_exact_let_go(seen);
	} while (!fetch_add_exact_put(word, &seen, wanted));
	return 0;
}

static inline bool fetch_add_exact_claimed(struct group *group)
{
	return atomic_load_explicit(fetch_add_exact(group), memory_order_relaxed) != 0;
}

static const struct impl_ops impl = {
    .summary = "a fetch-and-add; what was added in vain goes with the user",
    .source = "fetch_add, repaired",
    .class = CLASS_EXACT,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct fetch_add_exact),
    .setup = owner_ids_setup,
    .group_init = fetch_add_exact_init,
    .group_destroy = fetch_add_exact_destroy,
    .device_add = fetch_add_exact_add,
    .device_remove = fetch_add_exact_remove,
    .use_default_domain = fetch_add_exact_use,
    .unuse_default_domain = fetch_add_exact_unuse,
    .group_claim = fetch_add_exact_claim,
    .group_release = fetch_add_exact_release,
    .device_claim = fetch_add_exact_device_claim,
    .device_release = fetch_add_exact_device_release,
    .claimed = fetch_add_exact_claimed,
};
