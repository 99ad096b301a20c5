/* SPDX-License-Identifier: MIT */
/* Negative control: a sequentially consistent store is followed by a load that only acquires. x86
 * executes the store first. C11 requires this order only if the load is sequentially consistent,
 * too. */
#define CONTROL_SUMMARY                                                                          \
	"device_slots_unguarded, but a sequentially consistent store is followed by an acquire " \
	"load"
#define PUBLISH(slot, tag) atomic_store_explicit(slot, tag, memory_order_seq_cst)
#define LOOK memory_order_acquire
#include "device_slots_over.h"
