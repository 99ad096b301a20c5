/* SPDX-License-Identifier: MIT */
/* Negative control: device_slots without a new epoch for each claim that is granted. The slot of a
 * prober who came too late and will be refused looks like a driver's: the next user is refused too,
 * though nobody holds the group. And a prober whose abort fails can no longer tell that a user has
 * come and gone since, after whom it is not ordered. */
#define OVER_FENCE "fence/seq_cst.h"
#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

/* device_slots_take() but for one line. */
static int no_epoch_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t free = atomic_load_explicit(&g->word, memory_order_relaxed);
	uint64_t next = (free & -WORD_EPOCH) | ((free + WORD_ATTEMPT) & WORD_ATTEMPTS);
	uint64_t pending = next | WORD_PENDING;

	/* Nobody else changes a word that is free. release: pairs with fence_look(), as a prober
	 * that finds this comes after the last user, too. The fence pairs with fence_publish(). */
	atomic_store_explicit(&g->word, pending, memory_order_release);
	fence_heavy();
	if (device_slots_driven(group, word_tag(pending))) {
		/* Fails if a prober has aborted us. release: as for the store above. */
		atomic_compare_exchange_strong_explicit(
		    &g->word, &pending, next, memory_order_release, memory_order_relaxed);
		return -EPERM;
	}
	/* Relaxed: the walk has acquired what drivers did. Fails if a prober has aborted us. */
	if (!atomic_compare_exchange_strong_explicit(
		&g->word, &pending, next | WORD_OWNED, memory_order_relaxed, memory_order_relaxed))
		return -EPERM;
	g->owner = owner;
	g->cnt = 1;
	return 0;
}

static int no_epoch_claim(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	int ret;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	ret = g->owner ? -EPERM : no_epoch_take(group, owner);
	lock_release(&g->claimers);
	return ret;
}

static int no_epoch_device_claim(struct device *dev, void *owner)
{
	struct device_slots *g = device_slots(dev->group);
	int ret = 0;

	if (!owner)
		return -EINVAL;
	lock_acquire(&g->claimers);
	if (!g->owner)
		ret = no_epoch_take(dev->group, owner);
	else if (g->owner == owner)
		g->cnt++;
	else
		ret = -EPERM;
	lock_release(&g->claimers);
	return ret;
}

static const struct impl_ops impl = {
    .summary = "device_slots, but a claim that is granted begins no new epoch",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_WAIT_FREE,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .setup = fence_setup,
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = device_slots_use,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = no_epoch_claim,
    .group_release = device_slots_release,
    .device_claim = no_epoch_device_claim,
    .device_release = device_slots_device_release,
    .claimed = device_slots_claimed,
};
