/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober in a shard uses acquire and release where the design
 * needs sequential consistency. On x86 the addition is a full fence anyway. Elsewhere the load of
 * the word can be executed before the addition to the shard, so a prober and a claim miss each
 * other.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_SUMMARY "device_slots, but a shard is not sequentially consistent"
#define CONTROL_CLASS CLASS_UNSAFE
#define CONTROL_USE relaxed_shard_use
#include "device_slots.h"

static inline int relaxed_shard_use(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	const uint64_t before = atomic_load_explicit(&g->word, memory_order_relaxed);
	_Atomic(uint64_t) *shard = &g->shards[device_slot(dev)->shard].word;
	uint64_t old = atomic_load_explicit(shard, memory_order_relaxed), seen;

	if (mode_of(before) != SHARDED || (old ^ before) & EPOCH)
		return device_slots_use(dev);
	old = atomic_fetch_add_explicit(shard, COUNT_ONE, memory_order_acq_rel) & EPOCH;
	seen = atomic_load_explicit(&g->word, memory_order_acquire);
	return (seen & EPOCH) != old || mode_of(seen) >= CENTRAL
	           ? device_slots_contend_shard(dev, shard, old, seen)
	           : device_slots_granted(dev, shard, seen);
}
