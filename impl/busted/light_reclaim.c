/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a claim skips the heavy fence on a group that lost its guard.
 * The walk can miss a driver that has not seen the new guard and so executed no fence.
 */
#define CONTROL_SUMMARY "device_slots, but only the first claim of a group passes a heavy fence"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE light_reclaim_take
#include "device_slots.h"

static int light_reclaim_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	const uint64_t word = atomic_load_explicit(&g->word, memory_order_relaxed);

	if (word_state(word) == WORD_FREE && word != WORD_FREE)
		atomic_store_explicit(&g->word, word_as(word, WORD_GUARDED), memory_order_release);
	return device_slots_take(group, owner);
}
