/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober in a shard that meets a pending claim backs out
 * instead of counting itself in the word. The claim backs out too if it has seen the shard. Both
 * are refused, and nobody owns the group.
 */
#define CONTROL_SUMMARY "device_slots, but a prober in a shard backs out for a pending claim"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define ADD memory_order_seq_cst
#define LOOK memory_order_seq_cst
#define CONTEND shard_back_out
#include "device_slots_shard.h"

static int shard_back_out(
    struct device *dev, _Atomic(uint64_t) *shard, uint64_t epoch, uint64_t seen)
{
	if ((seen & EPOCH) != epoch)
		return device_slots_contend_shard(dev, shard, epoch, seen);
	atomic_fetch_sub_explicit(shard, COUNT_ONE, memory_order_relaxed);
	return -EBUSY;
}
