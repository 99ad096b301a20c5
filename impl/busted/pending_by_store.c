/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a claim becomes pending by a plain store. If a prober has
 * removed the guard since the claim read the word, the walk misses drivers that execute no fence of
 * their own.
 */
#define CONTROL_SUMMARY "device_slots, but a claim becomes pending by a plain store"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_TAKE pending_by_store_take
#include "device_slots.h"

static int pending_by_store_take(struct group *group, void *owner)
{
	struct device_slots *g = device_slots(group);
	const uint64_t tag = word_tag(atomic_load_explicit(&g->word, memory_order_relaxed));

	device_slots_guard(g, tag);
	atomic_store_explicit(&g->word, word_as(tag, WORD_PENDING), memory_order_relaxed);
	atomic_thread_fence(memory_order_seq_cst);
	return device_slots_take(group, owner);
}
