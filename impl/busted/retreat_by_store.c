/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a refused claim makes the group SHARDED again by a plain
 * store. The store erases the count of a prober that has aborted the claim, so the next claim is
 * granted beside this driver.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a refused claim ends by a plain store"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE retreat_by_store_take
#include "device_slots.h"

static int retreat_by_store_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_acquire), pending;

	if (mode_of(seen) == SLOTS)
		device_slots_gather(g);
	seen = atomic_load_explicit(&g->word, memory_order_relaxed);
	pending = word_as(seen, PENDING);
	if (mode_of(seen) != SHARDED || seen & COUNT ||
	    !atomic_compare_exchange_strong_explicit(
		&g->word, &seen, pending, memory_order_seq_cst, memory_order_relaxed))
		return device_slots_take(group, owner);
	atomic_thread_fence(memory_order_seq_cst);
	if (!device_slots_driven(group, pending) && device_slots_own(g, &pending, WIDE, owner))
		return 0;
	atomic_store_explicit(&g->word, word_as(seen, SHARDED), memory_order_relaxed);
	return -EPERM;
}
