/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober that is counted in a shard ignores a pending claim.
 * The claim can have looked at the shard before, so both are granted.
 */
#define CONTROL_SUMMARY "device_slots, but a prober in a shard ignores a pending claim"
#define CONTROL_CLASS CLASS_UNSAFE
#define ADD memory_order_seq_cst
#define LOOK memory_order_seq_cst
#define CONTEND shard_no_abort
#include "device_slots_shard.h"

static int shard_no_abort(
    struct device *dev, _Atomic(uint64_t) *shard, uint64_t epoch, uint64_t seen)
{
	return (seen & EPOCH) == epoch ? device_slots_granted(dev, shard, seen)
	                               : device_slots_contend_shard(dev, shard, epoch, seen);
}
