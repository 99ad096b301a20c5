/* SPDX-License-Identifier: MIT */
/* Correct, with a spinlock that counts its tries, so each try differs from the last. The search
 * must be cut, and must report this. */
#include "impl.h"

struct spinner {
	_Atomic(unsigned int) locked;
	unsigned int cnt, tries;
	void *owner;
};

static inline struct spinner *spin_lock(struct group *group)
{
	struct spinner *g = (struct spinner *)group->state;
	unsigned int tries = 1;

	while (atomic_exchange_explicit(&g->locked, 1, memory_order_acquire))
		tries++;
	g->tries += tries;
	return g;
}

static inline int spin_unlock(struct spinner *g, int ret)
{
	atomic_store_explicit(&g->locked, 0, memory_order_release);
	return ret;
}

static void spinner_add(struct group *group, struct device *dev)
{
	(void)group;
	(void)dev;
}

static int spinner_use(struct device *dev)
{
	struct spinner *g = spin_lock(dev->group);

	if (g->owner)
		return spin_unlock(g, -EBUSY);
	g->cnt++;
	return spin_unlock(g, 0);
}

static int spinner_unuse(struct device *dev)
{
	struct spinner *g = spin_lock(dev->group);

	g->cnt--;
	return spin_unlock(g, 0);
}

static int spinner_claim(struct group *group, void *owner)
{
	struct spinner *g = spin_lock(group);

	if (g->cnt)
		return spin_unlock(g, -EPERM);
	g->cnt = 1;
	g->owner = owner;
	return spin_unlock(g, 0);
}

static int spinner_release(struct group *group)
{
	struct spinner *g = spin_lock(group);

	g->cnt = 0;
	g->owner = NULL;
	return spin_unlock(g, 0);
}

static int spinner_device_claim(struct device *dev, void *owner)
{
	return spinner_claim(dev->group, owner);
}

static int spinner_device_release(struct device *dev)
{
	return spinner_release(dev->group);
}

static bool spinner_claimed(struct group *group)
{
	struct spinner *g = spin_lock(group);

	return spin_unlock(g, g->cnt > 0);
}

static const struct impl_ops impl = {
    .summary = "a count under a lock that spins",
    .source = "test",
    .class = CLASS_EXACT,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct spinner),
    .device_add = spinner_add,
    .device_remove = spinner_add,
    .use_default_domain = spinner_use,
    .unuse_default_domain = spinner_unuse,
    .group_claim = spinner_claim,
    .group_release = spinner_release,
    .device_claim = spinner_device_claim,
    .device_release = spinner_device_release,
    .claimed = spinner_claimed,
};
