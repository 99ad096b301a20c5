/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a prober gives up when it meets a claim that is only pending.
 * The claim gives up too, because it has seen the slot. Both are refused, and nobody owns the
 * group.
 */
#define OVER_FENCE "fence/seq_cst.h"
#define impl device_slots_impl
#include "../device_slots.c"
#undef impl

static inline int no_abort_use(struct device *dev)
{
	_Atomic(uint64_t) *word = &device_slots(dev->group)->word;
	uint64_t before = atomic_load_explicit(word, memory_order_acquire);
	uint64_t now;

	if (word_state(before) == WORD_OWNED)
		return -EBUSY;
	fence_publish(device_slot(dev), word_tag(before));
	now = fence_look(word);
	return now == word_tag(before) ? 0 : device_slots_refused(dev);
}

static const struct impl_ops impl = {
    .summary = "device_slots, but a prober backs out for a pending claim",
    .source = "negative control",
    .class = CLASS_CAUTIOUS,
    .progress = PROGRESS_WAIT_FREE,
    .setup = fence_setup,
    .group_size = sizeof(struct device_slots),
    .device_size = sizeof(struct device_slot),
    .group_init = device_slots_init,
    .group_destroy = device_slots_destroy,
    .device_add = device_slots_add,
    .device_remove = device_slots_remove,
    .use_default_domain = no_abort_use,
    .unuse_default_domain = device_slots_unuse,
    .group_claim = device_slots_claim,
    .group_release = device_slots_release,
    .device_claim = device_slots_device_claim,
    .device_release = device_slots_device_release,
    .claimed = device_slots_claimed,
};
