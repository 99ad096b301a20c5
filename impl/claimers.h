/* SPDX-License-Identifier: MIT */
/*
 * The users' side of implementations that optimize only the drivers' side. Claims and releases take
 * a lock, which guards the owner, its count of claims, and the group's list of devices. The
 * implementation supplies the functions that take the group from the drivers and give it back.
 */
#ifndef CLAIMERS_H
#define CLAIMERS_H

#include "impl.h"
#include "lock/pthread_mutex.h"

struct claimers {
	struct lock lock;
	void *owner;
	unsigned int cnt; /* claims of that owner */
};

/* Takes the group from the drivers for its first claim. Called with claimers.lock held, while no
 * user owns the group. Returns 0, or -EPERM if a driver uses the group. */
typedef int claimers_take(struct group *group);

/* Gives the group back after the last release. Called with claimers.lock held. */
typedef void claimers_drop(struct group *group);

/* Returns 0 or a negative errno. */
static inline int claimers_init(struct claimers *c)
{
	return lock_init(&c->lock);
}

static inline void claimers_destroy(struct claimers *c)
{
	lock_destroy(&c->lock);
}

static inline void claimers_add(struct claimers *c, struct group *group, struct device *dev)
{
	lock_acquire(&c->lock);
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&c->lock);
}

static inline void claimers_remove(struct claimers *c, struct device *dev)
{
	lock_acquire(&c->lock);
	LIST_REMOVE(dev, link);
	lock_release(&c->lock);
}

/* Claims the group. If `nested`, the claim is made through a device, and further claims by the same
 * owner are counted. Returns 0; -EINVAL if owner is NULL; -EPERM if the group is owned. */
static inline int claimers_claim(
    struct claimers *c, struct group *group, void *owner, bool nested, claimers_take *take)
{
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&c->lock);
	if (!c->cnt)
		ret = take(group);
	else if (!nested || c->owner != owner)
		ret = -EPERM;
	if (!ret) {
		c->owner = owner;
		c->cnt++;
	}
	lock_release(&c->lock);
	return ret;
}

/* Drops one claim if `nested`, otherwise all of them. Returns 0, or -EINVAL if no user owns the
 * group. */
static inline int claimers_release(
    struct claimers *c, struct group *group, bool nested, claimers_drop *drop)
{
	int ret = 0;

	lock_acquire(&c->lock);
	if (!c->cnt) {
		ret = -EINVAL;
	} else if (nested && c->cnt > 1) {
		c->cnt--;
	} else {
		c->cnt = 0;
		c->owner = NULL;
		drop(group);
	}
	lock_release(&c->lock);
	return ret;
}

/* Returns whether the group is owned: by a user, or, according to `driven`, by a driver. */
static inline bool claimers_claimed(
    struct claimers *c, struct group *group, bool (*driven)(struct group *group))
{
	bool claimed;

	lock_acquire(&c->lock);
	claimed = c->cnt || driven(group);
	lock_release(&c->lock);
	return claimed;
}

#endif
