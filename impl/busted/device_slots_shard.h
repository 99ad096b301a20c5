/* SPDX-License-Identifier: MIT */
/*
 * device_slots with another probe of a SHARDED group. The includer defines CONTROL_SUMMARY and
 * CONTROL_CLASS; ADD and LOOK, the memory orders of the addition to the shard and of the load of
 * the word that follows; and CONTEND, the name of the function that decides a probe which reads a
 * pending word or one of another epoch.
 */
#define CONTROL_BASE "../device_slots.c"
#define CONTROL_USE shard_use
#include "device_slots.h"

static int CONTEND(struct device *dev, _Atomic(uint64_t) *shard, uint64_t epoch, uint64_t seen);

static inline int shard_use(struct device *dev)
{
	struct device_slots *g = device_slots(dev->group);
	const uint64_t before = atomic_load_explicit(&g->word, memory_order_relaxed);
	const uint64_t epoch = before & EPOCH;
	_Atomic(uint64_t) *shard = &g->shards[device_slot(dev)->shard].word;
	uint64_t old = atomic_load_explicit(shard, memory_order_relaxed), seen;

	if (mode_of(before) != SHARDED || old >= epoch + EPOCH_ONE)
		return device_slots_use(dev);
	if (!atomic_compare_exchange_strong_explicit(
		shard, &old, (old < epoch ? epoch : old) + COUNT_ONE, ADD, memory_order_relaxed))
		return device_slots_use_word(dev);
	seen = atomic_load_explicit(&g->word, LOOK);
	return (seen & EPOCH) == epoch && mode_of(seen) < CENTRAL
	           ? device_slots_granted(dev, shard, seen)
	           : CONTEND(dev, shard, epoch, seen);
}
