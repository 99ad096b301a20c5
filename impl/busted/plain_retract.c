/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots over two fences, but only probe has its fence. The store with
 * which remove retracts its slot can still be in the store buffer after remove has returned, so a
 * later claim is refused without a reason.
 */
#include "impl.h"

#include "fence/seq_cst.h"
#define fence_retract(slot) atomic_store_explicit((slot), 0, memory_order_release)
#define CONTROL_SUMMARY "device_slots_unguarded over two fences, but remove skips its fence"
#define CONTROL_CLASS CLASS_CAUTIOUS
#define CONTROL_C11_CLASS CLASS_EXACT
#define OVER_FENCE "fence/seq_cst.h"
#include "device_slots.h"
