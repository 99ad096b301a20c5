/* SPDX-License-Identifier: MIT */
/*
 * One word: a probe adds its driver with a fetch-and-add, and takes it back where it finds a user.
 *
 * A driver that is about to be taken back may outlive the user that it met; until then no user can
 * claim the group, although nobody owns it. Hence cautious; fetch_add_exact is the repair.
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

struct fetch_add {
	_Atomic(uint64_t) word;
	struct lock hotplug;
};

static inline _Atomic(uint64_t) *fetch_add(struct group *group)
{
	return &((struct fetch_add *)group->state)->word;
}

/* What is 0 while no user owns the group. */
static inline uint64_t fetch_add_user(uint64_t word)
{
	return word >> (64 - OWNER_ID_BITS);
}

static inline uint64_t fetch_add_claims(uint64_t word)
{
	return word >> DRIVERS_BITS & CLAIMS_MAX;
}

static inline uint64_t fetch_add_first_claim(int id)
{
	return (uint64_t)id << (64 - OWNER_ID_BITS) | ONE_CLAIM;
}

static inline struct lock *fetch_add_hotplug(struct group *group)
{
	return &((struct fetch_add *)group->state)->hotplug;
}

static int fetch_add_init(struct group *group)
{
	return lock_init(fetch_add_hotplug(group));
}

static void fetch_add_destroy(struct group *group)
{
	lock_destroy(fetch_add_hotplug(group));
}

static void fetch_add_add(struct group *group, struct device *dev)
{
	device_list_add(fetch_add_hotplug(group), group, dev);
}

static void fetch_add_remove(struct group *group, struct device *dev)
{
	device_list_remove(fetch_add_hotplug(group), dev);
}

static inline int fetch_add_use(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);

	/* acquire: pairs with the release in fetch_add_put(), so that a probe comes after all that
	 * the last user did. */
	if (!fetch_add_user(atomic_fetch_add_explicit(word, 1, memory_order_acquire)))
		return 0;
	atomic_fetch_sub_explicit(word, 1, memory_order_relaxed);
	return -EBUSY;
}

static inline int fetch_add_unuse(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	if (fetch_add_user(seen) || !(seen & DRIVERS_MASK))
		return -EINVAL;
	/* release: pairs with the acquire in fetch_add_get(). */
	atomic_fetch_sub_explicit(word, 1, memory_order_release);
	return 0;
}

/* acquire: pairs with the release in fetch_add_unuse() and fetch_add_put(), so that a user comes
 * after all that the drivers and the last user did. On failure *seen is the word as it is. */
static inline bool fetch_add_get(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_strong_explicit(
	    word, seen, wanted, memory_order_acquire, memory_order_relaxed);
}

/* release: pairs with the acquire in fetch_add_use() and fetch_add_get(). */
static inline bool fetch_add_put(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_weak_explicit(
	    word, seen, wanted, memory_order_release, memory_order_relaxed);
}

static inline int fetch_add_claim(struct group *group, void *owner)
{
	int id = owner_id(owner);
	uint64_t idle = 0;

	if (id < 0)
		return id;
	return fetch_add_get(fetch_add(group), &idle, fetch_add_first_claim(id)) ? 0 : -EPERM;
}

/* The drivers stay: each takes itself back. */
static inline uint64_t fetch_add_let_go(uint64_t word)
{
	return word & DRIVERS_MASK;
}

static inline int fetch_add_release(struct group *group)
{
	_Atomic(uint64_t) *word = fetch_add(group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (!fetch_add_user(seen))
			return -EINVAL;
	} while (!fetch_add_put(word, &seen, fetch_add_let_go(seen)));
	return 0;
}

static inline int fetch_add_device_claim(struct device *dev, void *owner)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	int id = owner_id(owner);
	uint64_t wanted;

	if (id < 0)
		return id;
	do {
		if (seen && fetch_add_user(seen) != (uint64_t)id)
			return -EPERM;
		if (fetch_add_claims(seen) == CLAIMS_MAX)
			return -EOVERFLOW;
		wanted = seen ? seen + ONE_CLAIM : fetch_add_first_claim(id);
	} while (!fetch_add_get(word, &seen, wanted));
	return 0;
}

static inline int fetch_add_device_release(struct device *dev)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	uint64_t wanted;

	do {
		if (!fetch_add_user(seen))
			return -EINVAL;
		wanted = fetch_add_claims(seen) > 1 ? seen - ONE_CLAIM : fetch_add_let_go(seen);
	} while (!fetch_add_put(word, &seen, wanted));
	return 0;
}

static inline bool fetch_add_claimed(struct group *group)
{
	return atomic_load_explicit(fetch_add(group), memory_order_relaxed) != 0;
}

static const struct impl_ops impl = {
    .summary = "a fetch-and-add, taken back where it meets a user",
    .source = "rwsem_read_trylock(), Linux 5.19 kernel/locking/rwsem.c: add first, look then",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct fetch_add),
    .setup = owner_ids_setup,
    .group_init = fetch_add_init,
    .group_destroy = fetch_add_destroy,
    .device_add = fetch_add_add,
    .device_remove = fetch_add_remove,
    .use_default_domain = fetch_add_use,
    .unuse_default_domain = fetch_add_unuse,
    .group_claim = fetch_add_claim,
    .group_release = fetch_add_release,
    .device_claim = fetch_add_device_claim,
    .device_release = fetch_add_device_release,
    .claimed = fetch_add_claimed,
};
