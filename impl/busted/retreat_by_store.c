/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a refused claim guards the group again by a plain store. If a
 * prober has aborted the claim and another one removed the guard, the store restores a guard that
 * drivers who do not fence themselves have not seen. The next claim passes no heavy fence.
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
