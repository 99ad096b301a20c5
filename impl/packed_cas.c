/* SPDX-License-Identifier: MIT */
/*
 * The count and the owner in one 64-bit word, which every operation changes with a
 * compare-and-swap. The word is the whole state, and each operation replaces exactly the state that
 * it has checked, or retries. So the design is exact and lock-free.
 *
 * Memory order: all changes are read-modify-writes of one word. So an acquire that reads a later
 * change also synchronizes with the release before it (C11's release sequence).
 *
 * Limit: all devices of a group contend for one cache line. Source: Linux's lib/lockref.c and
 * refcount_inc_not_zero() work in the same way.
 */
#include "device_list.h"
#include "impl.h"
#include "owner_id.h"

/* The word: the owner's id above the count. The id is 0 while drivers own the group. */
enum { COUNT_BITS = 64 - OWNER_ID_BITS };
#define COUNT_MAX ((UINT64_C(1) << COUNT_BITS) - 1)

struct packed_cas {
	_Atomic(uint64_t) word;
	struct lock hotplug;
};

static inline _Atomic(uint64_t) *packed_cas(struct group *group)
{
	return &((struct packed_cas *)group->state)->word;
}

static inline uint64_t packed_cas_owner(uint64_t word)
{
	return word >> COUNT_BITS;
}

static inline uint64_t packed_cas_count(uint64_t word)
{
	return word & COUNT_MAX;
}

static inline struct lock *packed_cas_hotplug(struct group *group)
{
	return &((struct packed_cas *)group->state)->hotplug;
}

static int packed_cas_init(struct group *group)
{
	return lock_init(packed_cas_hotplug(group));
}

static void packed_cas_destroy(struct group *group)
{
	lock_destroy(packed_cas_hotplug(group));
}

static void packed_cas_add(struct group *group, struct device *dev)
{
	device_list_add(packed_cas_hotplug(group), group, dev);
}

static void packed_cas_remove(struct group *group, struct device *dev)
{
	device_list_remove(packed_cas_hotplug(group), dev);
}

/* acquire: pairs with the release in packed_cas_put(), so that the other side's accesses happen
 * before this side's. On failure *seen is the current word. */
static inline bool packed_cas_get(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_weak_explicit(
	    word, seen, wanted, memory_order_acquire, memory_order_relaxed);
}

/* release: pairs with the acquire in packed_cas_get(). */
static inline bool packed_cas_put(_Atomic(uint64_t) *word, uint64_t *seen, uint64_t wanted)
{
	return atomic_compare_exchange_weak_explicit(
	    word, seen, wanted, memory_order_release, memory_order_relaxed);
}

static inline int packed_cas_use(struct device *dev)
{
	_Atomic(uint64_t) *word = packed_cas(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (packed_cas_owner(seen))
			return -EBUSY;
		if (packed_cas_count(seen) == COUNT_MAX)
			return -EOVERFLOW;
	} while (!packed_cas_get(word, &seen, seen + 1));
	return 0;
}

static inline int packed_cas_unuse(struct device *dev)
{
	_Atomic(uint64_t) *word = packed_cas(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (packed_cas_owner(seen) || !packed_cas_count(seen))
			return -EINVAL;
	} while (!packed_cas_put(word, &seen, seen - 1));
	return 0;
}

static inline int packed_cas_claim(struct group *group, void *owner)
{
	_Atomic(uint64_t) *word = packed_cas(group);
	int id = owner_id(owner);
	uint64_t seen = 0;

	if (id < 0)
		return id;
	/* A weak compare-and-swap may fail although the word is 0. */
	while (!packed_cas_get(word, &seen, (uint64_t)id << COUNT_BITS | 1)) {
		if (seen)
			return -EPERM;
	}
	return 0;
}

static inline int packed_cas_release(struct group *group)
{
	_Atomic(uint64_t) *word = packed_cas(group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (!packed_cas_owner(seen))
			return -EINVAL;
	} while (!packed_cas_put(word, &seen, 0));
	return 0;
}

static inline int packed_cas_device_claim(struct device *dev, void *owner)
{
	_Atomic(uint64_t) *word = packed_cas(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);
	int id = owner_id(owner);
	uint64_t wanted;

	if (id < 0)
		return id;
	do {
		if (seen && packed_cas_owner(seen) != (uint64_t)id)
			return -EPERM;
		if (packed_cas_count(seen) == COUNT_MAX)
			return -EOVERFLOW;
		wanted = seen ? seen + 1 : (uint64_t)id << COUNT_BITS | 1;
	} while (!packed_cas_get(word, &seen, wanted));
	return 0;
}

static inline int packed_cas_device_release(struct device *dev)
{
	_Atomic(uint64_t) *word = packed_cas(dev->group);
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	do {
		if (!packed_cas_owner(seen))
			return -EINVAL;
	} while (!packed_cas_put(word, &seen, packed_cas_count(seen) > 1 ? seen - 1 : 0));
	return 0;
}

static inline bool packed_cas_claimed(struct group *group)
{
	return atomic_load_explicit(packed_cas(group), memory_order_relaxed) != 0;
}

static const struct impl_ops impl = {
    .summary = "count and owner in one word, changed by compare-and-swap",
    .source = "like Linux's lib/lockref.c and refcount_inc_not_zero()",
    .class = CLASS_EXACT,
    .progress = PROGRESS_LOCK_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct packed_cas),
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = packed_cas_use,
    .unuse_default_domain = packed_cas_unuse,
    .group_claim = packed_cas_claim,
    .group_release = packed_cas_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
