/* SPDX-License-Identifier: MIT */
/*
 * A yardstick, not a design: probe and remove make one store each to the device's own slot, which
 * is the least that lets a user find drivers later. Nothing orders the stores, and nobody reads
 * them. device_slots makes the same stores, so its additional time is the price of correctness.
 */
#include <stdint.h>

#include "atomics.h"

#define impl ceiling_impl
#include "ceiling.c"
#undef impl

struct unordered_slot {
	_Atomic(uint64_t) taken;
};

static inline _Atomic(uint64_t) *unordered_slot(struct device *dev)
{
	return &((struct unordered_slot *)dev->state)->taken;
}

static inline int unordered_use(struct device *dev)
{
	atomic_store_explicit(unordered_slot(dev), 1, memory_order_relaxed);
	return 0;
}

static inline int unordered_unuse(struct device *dev)
{
	atomic_store_explicit(unordered_slot(dev), 0, memory_order_relaxed);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "the stores of device_slots without any order; nobody reads them",
    .source = "this suite: a yardstick, not a design",
    .class = CLASS_NONE,
    .progress = PROGRESS_WAIT_FREE,
    .device_size = sizeof(struct unordered_slot),
    .device_add = ceiling_add,
    .device_remove = ceiling_remove,
    .use_default_domain = unordered_use,
    .unuse_default_domain = unordered_unuse,
    .group_claim = ceiling_claim,
    .group_release = ceiling_release,
    .device_claim = ceiling_device_claim,
    .device_release = ceiling_device,
    .claimed = ceiling_claimed,
};
