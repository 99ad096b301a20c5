/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots_session, but a user's release is a plain store. It can still be in
 * the store buffer after release has returned, so a later probe is refused although nobody owns the
 * group.
 */
#define OVER_FENCE "fence/membarrier.h"
#define impl device_slots_session_impl
#include "../device_slots_session.c"
#undef impl

static int plain_release(struct group *group)
{
	_Atomic(uint64_t) *word = &session(group)->word;
	uint64_t seen = atomic_load_explicit(word, memory_order_relaxed);

	if (!word_users(seen) || !(seen & WORD_CLAIMS))
		return -EINVAL;
	/* release: pairs with fence_look() and with the acquire of the next claim. */
	atomic_store_explicit(word, word_as(seen, WORD_USERS), memory_order_release);
	return 0;
}

static const struct impl_ops impl = {
    .summary = "device_slots_session, but a user's release is a plain store",
    .source = "negative control",
    .class = CLASS_CAUTIOUS,
    .c11 = {.differs = true, .class = CLASS_EXACT},
    .progress = PROGRESS_WAIT_FREE,
    .setup = session_setup,
    .group_size = sizeof(struct session),
    .device_size = sizeof(struct session_slot),
    .group_init = session_init,
    .group_destroy = session_destroy,
    .device_add = session_add,
    .device_remove = session_remove,
    .use_default_domain = session_use,
    .unuse_default_domain = session_unuse,
    .group_claim = session_claim,
    .group_release = plain_release,
    .device_claim = session_device_claim,
    .device_release = session_device_release,
    .claimed = session_claimed,
};
