/* SPDX-License-Identifier: MIT */
/*
 * The word that fetch_add and fetch_add_exact share: drivers enter it by a fetch-and-add, users by
 * a compare-and-swap. The two designs differ in what a refused probe leaves in the word, and so in
 * which bits the user's last release keeps.
 *
 * Memory order: all changes are read-modify-writes of one word. So an acquire that reads a later
 * change also synchronizes with the release before it (C11's release sequence).
 */
#ifndef FETCH_ADD_WORD_H
#define FETCH_ADD_WORD_H

#include "device_list.h"
#include "impl.h"
#include "owner_id.h"

/* The word's fields, from the top: the user's id (16 bits), its count of claims (16 bits), the
 * count of drivers (32 bits). */
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

/* Returns the user's id, or 0 if no user owns the group. */
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

/* Changes the word from *seen to `wanted`. Returns true on success; otherwise stores the current
 * word in *seen. acquire: pairs with the releases in fetch_add_unuse() and fetch_add_put(), so that
 * the accesses of the drivers and the last user happen before this user's. */
static inline bool fetch_add_get(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_strong_explicit(
	    word, seen, wanted, memory_order_acquire, memory_order_relaxed);
}

/* Like fetch_add_get(), but for a release, and may fail spuriously. release: pairs with the
 * acquires of fetch_add_get() and of a probe's fetch-and-add. */
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

/* Drops all claims, and keeps only the bits of the word that are set in `staying`. */
static inline int fetch_add_release_but(struct group *group, uint64_t staying)
{
	_Atomic(uint64_t) *word = fetch_add(group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (!fetch_add_user(seen))
			return -EINVAL;
	} while (!fetch_add_put(word, &seen, seen & staying));
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

static inline int fetch_add_device_release_but(struct device *dev, uint64_t staying)
{
	_Atomic(uint64_t) *word = fetch_add(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	uint64_t wanted;

	do {
		if (!fetch_add_user(seen))
			return -EINVAL;
		wanted = fetch_add_claims(seen) > 1 ? seen - ONE_CLAIM : seen & staying;
	} while (!fetch_add_put(word, &seen, wanted));
	return 0;
}

static inline bool fetch_add_claimed(struct group *group)
{
	return atomic_load_explicit(fetch_add(group), memory_order_relaxed) != 0;
}

#endif
