/* SPDX-License-Identifier: MIT */
/*
 * Drivers hold the group as readers of a reader-writer lock, a user as its writer. Both use
 * trylocks, so neither side waits.
 *
 * Each side writes its own mark into the lock, then checks for the other side's, and backs out if
 * it is set. At least one of two concurrent sides sees the other, so they never both hold the
 * group. Each can see the other, and then both are refused, so the design is cautious. Users queue
 * for a mutex (claimers.h).
 *
 * Limit: every probe and remove writes the shared count of readers.
 */
#include "claimers.h"
#include "impl.h"
#include "rwlock/any.h"

struct rwlock_try {
	struct rwlock lock;
	struct claimers claimers;
};

static inline struct rwlock_try *rwlock_try(struct group *group)
{
	return (struct rwlock_try *)group->state;
}

static int rwlock_try_init(struct group *group)
{
	rwlock_init(&rwlock_try(group)->lock);
	return claimers_init(&rwlock_try(group)->claimers);
}

static void rwlock_try_destroy(struct group *group)
{
	claimers_destroy(&rwlock_try(group)->claimers);
}

static void rwlock_try_add(struct group *group, struct device *dev)
{
	claimers_add(&rwlock_try(group)->claimers, group, dev);
}

static void rwlock_try_remove(struct group *group, struct device *dev)
{
	claimers_remove(&rwlock_try(group)->claimers, dev);
}

static inline int rwlock_try_use(struct device *dev)
{
	return rwlock_read_trylock(&rwlock_try(dev->group)->lock) ? 0 : -EBUSY;
}

static inline int rwlock_try_unuse(struct device *dev)
{
	struct rwlock *lock = &rwlock_try(dev->group)->lock;

	if (!rwlock_read_locked(lock))
		return -EINVAL;
	rwlock_read_unlock(lock);
	return 0;
}

static inline int rwlock_try_take(struct group *group)
{
	return rwlock_write_trylock(&rwlock_try(group)->lock) ? 0 : -EPERM;
}

static inline void rwlock_try_drop(struct group *group)
{
	rwlock_write_unlock(&rwlock_try(group)->lock);
}

static inline bool rwlock_try_driven(struct group *group)
{
	return rwlock_read_locked(&rwlock_try(group)->lock);
}

static inline int rwlock_try_claim(struct group *group, void *owner)
{
	return claimers_claim(&rwlock_try(group)->claimers, group, owner, false, rwlock_try_take);
}

static inline int rwlock_try_release(struct group *group)
{
	return claimers_release(&rwlock_try(group)->claimers, group, false, rwlock_try_drop);
}

static inline int rwlock_try_device_claim(struct device *dev, void *owner)
{
	struct group *group = dev->group;

	return claimers_claim(&rwlock_try(group)->claimers, group, owner, true, rwlock_try_take);
}

static inline int rwlock_try_device_release(struct device *dev)
{
	struct group *group = dev->group;

	return claimers_release(&rwlock_try(group)->claimers, group, true, rwlock_try_drop);
}

static inline bool rwlock_try_claimed(struct group *group)
{
	return claimers_claimed(&rwlock_try(group)->claimers, group, rwlock_try_driven);
}

static const struct impl_ops impl = {
    .summary =
	"drivers are readers of a reader-writer lock, a user is its writer; both use trylocks",
    .source = "ck_rwlock_read_trylock() and ck_rwlock_write_trylock() of Concurrency Kit",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct rwlock_try),
    .group_init = rwlock_try_init,
    .group_destroy = rwlock_try_destroy,
    .device_add = rwlock_try_add,
    .device_remove = rwlock_try_remove,
    .use_default_domain = rwlock_try_use,
    .unuse_default_domain = rwlock_try_unuse,
    .group_claim = rwlock_try_claim,
    .group_release = rwlock_try_release,
    .device_claim = rwlock_try_device_claim,
    .device_release = rwlock_try_device_release,
    .claimed = rwlock_try_claimed,
};
