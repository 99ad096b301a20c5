/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober in a shard uses acquire and release where the design
 * needs sequential consistency. On x86 the addition is a full fence anyway. Elsewhere the load of
 * the word can be executed before the addition, so a prober and a claim miss each other.
 */
#define CONTROL_SUMMARY "device_slots, but additions to shards are not sequentially consistent"
#define CONTROL_CLASS CLASS_UNSAFE
#define ADD memory_order_acq_rel
#define LOOK memory_order_acquire
#define CONTEND device_slots_contend_shard
#include "device_slots_shard.h"
