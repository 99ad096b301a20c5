/* SPDX-License-Identifier: MIT */
/* Two flags and nothing else: each side raises its own flag and looks at the other one. The
 * including file defines BETWEEN, which separates the two steps, and the memory orders. The user's
 * side and the driver's side can have different ones. */
#include "impl.h"

#ifndef BETWEEN_USER
#define BETWEEN_USER BETWEEN
#endif
#ifndef GROUP_STATE
#define GROUP_STATE(group) ((struct dekker *)(group)->state)
#endif
#ifndef DRIVER_RELEASE
#define DRIVER_RELEASE RELEASE
#endif

struct dekker {
	_Atomic(unsigned int) driver, user;
};

__attribute__((unused)) static struct dekker the_flags; /* used by dekker_static.c */

static inline struct dekker *dekker(struct group *group)
{
	(void)group;
	return GROUP_STATE(group);
}

static void dekker_add(struct group *group, struct device *dev)
{
	(void)group;
	(void)dev;
}

static int dekker_use(struct device *dev)
{
	struct dekker *g = dekker(dev->group);

	atomic_store_explicit(&g->driver, 1, memory_order_relaxed);
	BETWEEN;
	if (!atomic_load_explicit(&g->user, ACQUIRE))
		return 0;
	/* This store comes after the one in dekker_unuse(), so its order decides what a claim that
	 * reads the flag acquires. */
	atomic_store_explicit(&g->driver, 0, DRIVER_RELEASE);
	return -EBUSY;
}

static int dekker_unuse(struct device *dev)
{
	atomic_store_explicit(&dekker(dev->group)->driver, 0, DRIVER_RELEASE);
	return 0;
}

static int dekker_claim(struct group *group, void *owner)
{
	struct dekker *g = dekker(group);

	(void)owner;
	atomic_store_explicit(&g->user, 1, memory_order_relaxed);
	BETWEEN_USER;
	if (!atomic_load_explicit(&g->driver, ACQUIRE))
		return 0;
	/* This store comes after the store in dekker_release(), so a probe reads its value. */
	atomic_store_explicit(&g->user, 0, RELEASE);
	return -EPERM;
}

static int dekker_release(struct group *group)
{
	atomic_store_explicit(&dekker(group)->user, 0, RELEASE);
	return 0;
}

static int dekker_device_claim(struct device *dev, void *owner)
{
	return dekker_claim(dev->group, owner);
}

static int dekker_device_release(struct device *dev)
{
	return dekker_release(dev->group);
}

static bool dekker_claimed(struct group *group)
{
	struct dekker *g = dekker(group);

	return atomic_load_explicit(&g->user, memory_order_relaxed) ||
	       atomic_load_explicit(&g->driver, memory_order_relaxed);
}

static const struct impl_ops impl = {
    .summary = "two flags",
    .source = "test",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct dekker),
    .device_add = dekker_add,
    .device_remove = dekker_add,
    .use_default_domain = dekker_use,
    .unuse_default_domain = dekker_unuse,
    .group_claim = dekker_claim,
    .group_release = dekker_release,
    .device_claim = dekker_device_claim,
    .device_release = dekker_device_release,
    .claimed = dekker_claimed,
};
