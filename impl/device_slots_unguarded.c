/* SPDX-License-Identifier: MIT */
/*
 * device_slots without a guard that outlives its claim: each claim passes the heavy fence, and no
 * probe fences itself unless a claim is under way. It shows what the guard gains and costs.
 */
#define GUARDED_PROBES 0
#define impl device_slots_impl
#include "device_slots.c"
#undef impl

static const struct impl_ops impl = {
    .summary = "device_slots, but each claim passes the heavy fence",
    .source = "this suite: device_slots before it had a guard",
    .class = CLASS_EXACT,
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
