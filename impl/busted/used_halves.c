/* SPDX-License-Identifier: MIT */
/*
 * Negative control: IRIW. The devices form two halves with a lock each, and a probe marks its half
 * as used. A claim takes the locks of the used halves, or both locks if no half is used, so that
 * claims exclude each other. It loads the marks until two loads of the first mark agree. If all
 * threads agree on the order of the two stores, any two claims have a lock in common.
 *
 * Acquire loads do not guarantee this: on Power, and in C11, two claims can read the marks of two
 * probes in different orders. Each then takes one lock, and both own the group.
 */
#include "device_list.h"
#include "impl.h"

/* The memory orders of a mark's store and load. With seq_cst for both the design is correct. */
#ifndef MARK
#define MARK memory_order_release
#define SEE memory_order_acquire
#endif

enum { USER = 1, DRIVER = 2 };

struct used_halves {
	struct lock hotplug;
	struct lock first, second;     /* the locks of the halves */
	_Atomic(unsigned int) used[2]; /* 1 once a device of that half was probed */
	_Atomic(unsigned int) word;    /* USER, or DRIVER times the number of drivers */
	unsigned int added;            /* number of devices, guarded by hotplug */
	/* Guarded by the locks of the halves. Atomic, because the fault lets two claims hold
	 * different locks. */
	_Atomic(void *) owner;
	_Atomic(unsigned int) cnt; /* the owner's claims */
};

struct used_device {
	unsigned int half;
};

static inline struct used_halves *used_halves(struct group *group)
{
	return (struct used_halves *)group->state;
}

static int used_halves_init(struct group *group)
{
	struct used_halves *g = used_halves(group);
	int ret = lock_init(&g->hotplug);

	ret = ret ? ret : lock_init(&g->first);
	return ret ? ret : lock_init(&g->second);
}

static void used_halves_destroy(struct group *group)
{
	lock_destroy(&used_halves(group)->second);
	lock_destroy(&used_halves(group)->first);
	lock_destroy(&used_halves(group)->hotplug);
}

static void used_halves_add(struct group *group, struct device *dev)
{
	struct used_halves *g = used_halves(group);

	lock_acquire(&g->hotplug);
	((struct used_device *)dev->state)->half = g->added++ % 2;
	LIST_INSERT_HEAD(&group->devices, dev, link);
	lock_release(&g->hotplug);
}

static void used_halves_remove(struct group *group, struct device *dev)
{
	device_list_remove(&used_halves(group)->hotplug, dev);
}

static int used_halves_use(struct device *dev)
{
	struct used_halves *g = used_halves(dev->group);
	unsigned int seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	atomic_store_explicit(&g->used[((struct used_device *)dev->state)->half], 1, MARK);
	do {
		if (seen & USER)
			return -EBUSY;
		/* acquire: pairs with the release in used_halves_drop(). */
	} while (!atomic_compare_exchange_weak_explicit(
	    &g->word, &seen, seen + DRIVER, memory_order_acquire, memory_order_relaxed));
	return 0;
}

static int used_halves_unuse(struct device *dev)
{
	struct used_halves *g = used_halves(dev->group);
	unsigned int seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	if (seen & USER || !seen)
		return -EINVAL;
	/* release: pairs with the acquire in used_halves_take(). */
	atomic_fetch_sub_explicit(&g->word, DRIVER, memory_order_release);
	return 0;
}

/* Takes the locks of the used halves. Returns which: 1 for the first, plus 2 for the second. */
static unsigned int enter_halves(struct used_halves *g)
{
	unsigned int first, second, halves;

	do {
		first = atomic_load_explicit(&g->used[0], SEE);
		second = atomic_load_explicit(&g->used[1], SEE);
	} while (first != atomic_load_explicit(&g->used[0], SEE));
	halves = first + 2 * second;
	if (halves != 2)
		lock_acquire(&g->first);
	if (halves != 1)
		lock_acquire(&g->second);
	return halves;
}

static void leave_halves(struct used_halves *g, unsigned int halves)
{
	if (halves != 1)
		lock_release(&g->second);
	if (halves != 2)
		lock_release(&g->first);
}

/* Takes the group from the drivers. Called with the locks held, so that no other user owns the
 * group. */
static int used_halves_take(struct used_halves *g)
{
	unsigned int seen = atomic_load_explicit(&g->word, memory_order_relaxed);

	do {
		if (seen & ~(unsigned int)USER)
			return -EPERM;
		/* acquire: pairs with the release in used_halves_unuse(). */
	} while (!atomic_compare_exchange_weak_explicit(
	    &g->word, &seen, USER, memory_order_acquire, memory_order_relaxed));
	return 0;
}

static int used_halves_claim_as(struct used_halves *g, void *owner, bool nested)
{
	unsigned int halves, cnt;
	int ret;

	if (!owner)
		return -EINVAL;
	halves = enter_halves(g);
	cnt = atomic_load_explicit(&g->cnt, memory_order_relaxed);
	if (!cnt)
		ret = used_halves_take(g);
	else if (nested && atomic_load_explicit(&g->owner, memory_order_relaxed) == owner)
		ret = 0;
	else
		ret = -EPERM;
	if (!ret) {
		atomic_store_explicit(&g->owner, owner, memory_order_relaxed);
		atomic_store_explicit(&g->cnt, cnt + 1, memory_order_relaxed);
	}
	leave_halves(g, halves);
	return ret;
}

static int used_halves_drop(struct used_halves *g, bool nested)
{
	const unsigned int halves = enter_halves(g);
	const unsigned int cnt = atomic_load_explicit(&g->cnt, memory_order_relaxed);

	if (cnt)
		atomic_store_explicit(&g->cnt, nested ? cnt - 1 : 0, memory_order_relaxed);
	/* release: pairs with the acquire in used_halves_use(). */
	if (cnt && (!nested || cnt == 1))
		atomic_exchange_explicit(&g->word, 0, memory_order_release);
	leave_halves(g, halves);
	return cnt ? 0 : -EINVAL;
}

static int used_halves_claim(struct group *group, void *owner)
{
	return used_halves_claim_as(used_halves(group), owner, false);
}

static int used_halves_release(struct group *group)
{
	return used_halves_drop(used_halves(group), false);
}

static int used_halves_device_claim(struct device *dev, void *owner)
{
	return used_halves_claim_as(used_halves(dev->group), owner, true);
}

static int used_halves_device_release(struct device *dev)
{
	return used_halves_drop(used_halves(dev->group), true);
}

static bool used_halves_claimed(struct group *group)
{
	return atomic_load_explicit(&used_halves(group)->word, memory_order_relaxed);
}

static const struct impl_ops impl = {
    .summary = "claims find the used halves by acquire loads, and take their locks",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_BLOCKING,
    .group_size = sizeof(struct used_halves),
    .device_size = sizeof(struct used_device),
    .group_init = used_halves_init,
    .group_destroy = used_halves_destroy,
    .device_add = used_halves_add,
    .device_remove = used_halves_remove,
    .use_default_domain = used_halves_use,
    .unuse_default_domain = used_halves_unuse,
    .group_claim = used_halves_claim,
    .group_release = used_halves_release,
    .device_claim = used_halves_device_claim,
    .device_release = used_halves_device_release,
    .claimed = used_halves_claimed,
};
