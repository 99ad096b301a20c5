/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a refused claim restores the guard by a plain store. One
 * prober may have aborted the claim, and another one removed the guard. Then drivers that execute
 * no fence of their own have not seen the restored guard. The next claim skips the heavy fence, and
 * misses them.
 */
#define CONTROL_SUMMARY "device_slots, but a refused claim restores the guard by a plain store"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE retreat_by_store_take
#include "device_slots.h"

static int retreat_by_store_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	const uint64_t tag = word_tag(atomic_load_explicit(&g->word, memory_order_relaxed));
	int ret;

	device_slots_guard(g, tag);
	ret = device_slots_walk(group, tag);
	if (ret)
		atomic_store_explicit(&g->word, word_as(tag, WORD_GUARDED), memory_order_relaxed);
	else
		g->owner = owner;
	return ret;
}
