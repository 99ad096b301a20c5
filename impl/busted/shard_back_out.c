/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober in a shard that meets a pending claim backs out
 * instead of counting itself in the word. The claim backs out too if it has seen the shard. Both
 * are refused, and nobody owns the group.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a prober in a shard backs out for a pending claim"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_USE shard_back_out_use
#include "device_slots.h"

static inline int shard_back_out_use(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	const uint64_t before = atomic_load_explicit(&g->word, memory_order_relaxed);
	_Atomic(uint64_t) *shard = &g->shards[device_slot(dev)->shard].word;
	uint64_t old = atomic_load_explicit(shard, memory_order_relaxed), seen;

	if (mode_of(before) != SHARDED || (old ^ before) & EPOCH)
		return device_slots_use(dev);
	old = atomic_fetch_add_explicit(shard, COUNT_ONE, memory_order_seq_cst);
	seen = atomic_load_explicit(&g->word, memory_order_seq_cst);
	if (mode_of(seen) != PENDING || (seen ^ old) & EPOCH)
		return device_slots_look_again(dev, shard, old & EPOCH);
	atomic_fetch_sub_explicit(shard, COUNT_ONE, memory_order_relaxed);
	return -EBUSY;
}
