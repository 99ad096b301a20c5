/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots over two fences, but only probe has its fence. The store with
 * which remove retracts its slot can still be in the store buffer after remove has returned, so a
 * later claim is refused without reason.
 */
#include "impl.h"

#include "fence/seq_cst.h"
#define fence_retract(slot) atomic_store_explicit((slot), 0, memory_order_release)
#define OVER_FENCE "fence/seq_cst.h"
#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

static const struct impl_ops impl = {
    .summary = "device_slots over two fences, but remove skips its fence",
    .source = "negative control",
    .class = CLASS_CAUTIOUS,
    .c11 = {.differs = true, .class = CLASS_EXACT},
    .progress = PROGRESS_WAIT_FREE,
    .setup = fence_setup,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = device_slots_use,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = device_slots_claim,
    .group_release = device_slots_release,
    .device_claim = device_slots_device_claim,
    .device_release = device_slots_device_release,
    .claimed = device_slots_claimed,
};
