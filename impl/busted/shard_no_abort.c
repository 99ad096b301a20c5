/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober that is counted in a shard ignores a pending claim.
 * The claim can have looked at the shard before, so both are granted.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a prober in a shard ignores a pending claim"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_USE shard_no_abort_use
#include "device_slots.h"

static inline int shard_no_abort_use(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	const uint64_t before = atomic_load_explicit(&g->word, memory_order_relaxed);
	_Atomic(uint64_t) *shard = &g->shards[device_slot(dev)->shard].word;
	uint64_t old = atomic_load_explicit(shard, memory_order_relaxed), seen;

	if (mode_of(before) != SHARDED || (old ^ before) & EPOCH)
		return device_slots_use(dev);
	old = atomic_fetch_add_explicit(shard, COUNT_ONE, memory_order_seq_cst);
	seen = atomic_load_explicit(&g->word, memory_order_seq_cst);
	return mode_of(seen) == PENDING && !((seen ^ old) & EPOCH)
	           ? device_slots_granted(dev, shard, seen)
	           : device_slots_look_again(dev, shard, old & EPOCH);
}
