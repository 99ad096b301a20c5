/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but only the first claim of a group executes the heavy fence.
 * When probers have made the group use slots again, the next claim misses drivers whose slots are
 * still in store buffers.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but only the first claim of a group executes a heavy fence"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE light_reclaim_take
#include "device_slots.h"

static int light_reclaim_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	uint64_t seen = atomic_load_explicit(&g->word, memory_order_acquire);

	if (mode_of(seen) == SLOTS && seen >> EPOCH_SHIFT > 1)
		atomic_compare_exchange_strong_explicit(&g->word, &seen, word_as(seen, SHARDED),
		    memory_order_release, memory_order_relaxed);
	return device_slots_take(group, owner);
}
