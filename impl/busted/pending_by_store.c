/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a claim becomes pending by a plain store. If a prober has
 * made the group use slots again since the claim read the word, the claim misses drivers whose
 * slots are still in store buffers.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a claim becomes pending by a plain store"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE pending_by_store_take
#include "device_slots.h"

static int pending_by_store_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_acquire), pending;

	if (mode_of(seen) != SHARDED || seen & COUNT)
		return device_slots_take(group, owner);
	pending = word_as(seen, PENDING);
	atomic_store_explicit(&g->word, pending, memory_order_relaxed);
	atomic_thread_fence(memory_order_seq_cst);
	if (!device_slots_driven(group, pending) && device_slots_own(g, &pending, WIDE, owner))
		return 0;
	atomic_fetch_sub_explicit(&g->word, PENDING - SHARDED, memory_order_relaxed);
	return -EPERM;
}
