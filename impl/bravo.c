/* SPDX-License-Identifier: MIT */
/*
 * BRAVO with attempts that can fail: biased readers over a reader-writer lock.
 *
 * While a group is biased, a driver stores the group into a slot of a table that all groups share,
 * and does not touch the lock. If its slot is taken or the bias is off, it takes the lock as a
 * reader. A user's claim takes the lock as a writer, clears the bias, and scans the whole table. If
 * it finds a reader of its group, it restores the bias and is refused, where BRAVO's writer would
 * wait. A user's release restores the bias as well. BRAVO restores it after a timeout; here a user
 * is assumed to hold the group long enough to pay for the scan.
 *
 * Driver and user each store first and then load, so at least one sees the other. Both can be
 * refused: the claim finds the driver in its slot, and the driver finds the bias cleared and the
 * lock taken. So the design is cautious. Limit: a claim reads the whole table, whatever the group's
 * size.
 *
 * Source: Dice and Kogan, BRAVO, USENIX ATC 2019.
 */
#include <stdint.h>
#include <stdlib.h>

#include "claimers.h"
#include "impl.h"
#include "rwlock/any.h"

enum {
#ifdef OWNBENCH_EXPLORED
	SLOTS = 3, /* explored scenarios have few devices */
#else
	SLOTS = 4096,
#endif
};

struct bravo {
	struct rwlock lock;
	_Atomic(bool) biased;
	struct claimers claimers;
};

/* A device's state, guarded by device_lock(). */
struct bravo_device {
	_Atomic(struct group *) *slot; /* this device's slot in the table, or NULL */
	bool locked;                   /* the device holds the group's lock as a reader */
};

/* The table of biased readers, shared by all groups. */
static _Atomic(struct group *) *bravo_table;

static int bravo_setup(void)
{
	bravo_table = calloc(SLOTS, sizeof(*bravo_table));
	return bravo_table ? 0 : -ENOMEM;
}

static inline struct bravo *bravo(struct group *group)
{
	return (struct bravo *)group->state;
}

static inline struct bravo_device *bravo_device(struct device *dev)
{
	return (struct bravo_device *)dev->state;
}

static int bravo_init(struct group *group)
{
	rwlock_init(&bravo(group)->lock);
	atomic_init(&bravo(group)->biased, true);
	return claimers_init(&bravo(group)->claimers);
}

static void bravo_destroy(struct group *group)
{
	claimers_destroy(&bravo(group)->claimers);
}

static void bravo_add(struct group *group, struct device *dev)
{
	claimers_add(&bravo(group)->claimers, group, dev);
}

static void bravo_remove(struct group *group, struct device *dev)
{
	claimers_remove(&bravo(group)->claimers, dev);
}

/* Hashes the device's address. BRAVO hashes the thread, but here device_lock admits one thread to a
 * device at a time. */
static inline _Atomic(struct group *) *bravo_slot(struct device *dev)
{
	uint64_t hash = (uint64_t)(uintptr_t)dev * UINT64_C(0x9e3779b97f4a7c15);

	return &bravo_table[(hash >> 32) % SLOTS];
}

static inline bool bravo_use_slot(struct bravo *g, struct device *dev)
{
	_Atomic(struct group *) *slot = bravo_slot(dev);
	struct group *empty = NULL;

	if (!atomic_load_explicit(&g->biased, memory_order_relaxed))
		return false;
	/* seq_cst, here and in bravo_take() and bravo_in_table(): each side stores its own mark and
	 * then loads the other's, so at least one of them sees the other. */
	if (!atomic_compare_exchange_strong_explicit(
		slot, &empty, dev->group, memory_order_seq_cst, memory_order_relaxed))
		return false; /* another device has the slot */
	/* The load also acquires. It pairs with the release in bravo_bias(): the last user's
	 * accesses happen before this driver's. */
	if (atomic_load_explicit(&g->biased, memory_order_seq_cst)) {
		bravo_device(dev)->slot = slot;
		return true;
	}
	/* release: a later claim may read this store instead of the one in bravo_unuse(), and must
	 * still be ordered after the last driver. */
	atomic_store_explicit(slot, NULL, memory_order_release);
	return false;
}

static inline int bravo_use(struct device *dev)
{
	struct bravo *g = bravo(dev->group);

	if (bravo_use_slot(g, dev))
		return 0;
	if (!rwlock_read_trylock(&g->lock))
		return -EBUSY;
	bravo_device(dev)->locked = true;
	return 0;
}

static inline int bravo_unuse(struct device *dev)
{
	struct bravo_device *d = bravo_device(dev);

	if (d->slot) {
		/* release: pairs with the load in bravo_in_table(). */
		atomic_store_explicit(d->slot, NULL, memory_order_release);
		d->slot = NULL;
	} else if (d->locked) {
		rwlock_read_unlock(&bravo(dev->group)->lock);
		d->locked = false;
	} else {
		return -EINVAL;
	}
	return 0;
}

static inline bool bravo_in_table(struct group *group)
{
	for (int i = 0; i < SLOTS; i++) {
		/* seq_cst: see bravo_use_slot(). The load also acquires. It pairs with the release
		 * in bravo_unuse(): the driver's accesses happen before the user's. */
		if (atomic_load_explicit(&bravo_table[i], memory_order_seq_cst) == group)
			return true;
	}
	return false;
}

/* Restores the bias. Called with the group's lock held as a writer. */
static inline void bravo_bias(struct bravo *g)
{
	/* release: pairs with the load in bravo_use_slot(). */
	atomic_store_explicit(&g->biased, true, memory_order_release);
}

static inline void bravo_drop(struct group *group)
{
	bravo_bias(bravo(group));
	rwlock_write_unlock(&bravo(group)->lock);
}

static inline int bravo_take(struct group *group)
{
	struct bravo *g = bravo(group);

	if (!rwlock_write_trylock(&g->lock))
		return -EPERM;
	/* seq_cst: see bravo_use_slot(). */
	atomic_store_explicit(&g->biased, false, memory_order_seq_cst);
	if (!bravo_in_table(group))
		return 0;
	bravo_drop(group);
	return -EPERM;
}

static inline bool bravo_driven(struct group *group)
{
	return rwlock_read_locked(&bravo(group)->lock) || bravo_in_table(group);
}

static inline int bravo_claim(struct group *group, void *owner)
{
	return claimers_claim(&bravo(group)->claimers, group, owner, false, bravo_take);
}

static inline int bravo_release(struct group *group)
{
	return claimers_release(&bravo(group)->claimers, group, false, bravo_drop);
}

static inline int bravo_device_claim(struct device *dev, void *owner)
{
	struct group *group = dev->group;

	return claimers_claim(&bravo(group)->claimers, group, owner, true, bravo_take);
}

static inline int bravo_device_release(struct device *dev)
{
	struct group *group = dev->group;

	return claimers_release(&bravo(group)->claimers, group, true, bravo_drop);
}

static inline bool bravo_claimed(struct group *group)
{
	return claimers_claimed(&bravo(group)->claimers, group, bravo_driven);
}

static const struct impl_ops impl = {
    .summary = "a reader-writer lock with biased readers: drivers use slots of a table, which a "
	       "claim scans",
    .source = "Dice and Kogan, BRAVO, USENIX ATC 2019, with attempts that can fail",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .setup = bravo_setup,
    .group_size = sizeof(struct bravo),
    .device_size = sizeof(struct bravo_device),
    .group_init = bravo_init,
    .group_destroy = bravo_destroy,
    .device_add = bravo_add,
    .device_remove = bravo_remove,
    .use_default_domain = bravo_use,
    .unuse_default_domain = bravo_unuse,
    .group_claim = bravo_claim,
    .group_release = bravo_release,
    .device_claim = bravo_device_claim,
    .device_release = bravo_device_release,
    .claimed = bravo_claimed,
};
