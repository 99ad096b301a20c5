/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots without epochs. The slot of a prober that is about to be refused
 * looks like a driver's, so after the user's release the next claim is refused without reason. And
 * a prober that reads a free word twice cannot detect that a user came and went in between, so it
 * is not ordered after that user.
 */
#define WORD_EPOCH UINT64_C(0)
#define OVER_FENCE "fence/seq_cst.h"
#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

static const struct impl_ops impl = {
    .summary = "device_slots, but slots have no epoch",
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
