/* SPDX-License-Identifier: MIT */
/* Negative control: device_slots whose claim does not make the probers pass a fence. A slot that is
 * still in a store buffer is missed by the walk, and its prober has missed the claim. */
#include "impl.h"

#include "asymmetric.h"
#undef membarrier_heavy
#define membarrier_heavy() ((void)0)
#define OVER_FENCE "fence/membarrier.h"
#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

static const struct impl_ops impl = {
    .summary = "device_slots, but a claim does without membarrier()",
    .source = "negative control",
    .class = CLASS_UNSAFE,
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
