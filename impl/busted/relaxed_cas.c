/* SPDX-License-Identifier: MIT */
/*
 * Negative control: packed_cas with every order relaxed. All return values are right, because they
 * depend on one word. But the last owner's accesses do not happen before the new owner's. The
 * explorer reports this, and so does ThreadSanitizer in runs with the witness.
 */
#include "impl.h"

#include "device_list.h"
#include "owner_id.h"

#define memory_order_acquire memory_order_relaxed
#define memory_order_release memory_order_relaxed
#define impl packed_cas_impl
#include "../packed_cas.c"
#undef impl
#undef memory_order_acquire
#undef memory_order_release

static const struct impl_ops impl = {
    .summary = "packed_cas with every memory order relaxed: right results, but no ordering",
    .source = "negative control",
    .class = CLASS_UNSAFE,
    .progress = PROGRESS_LOCK_FREE,
    .setup = owner_ids_setup,
    .group_size = sizeof(struct packed_cas),
    .group_init = packed_cas_init,
    .group_destroy = packed_cas_destroy,
    .device_add = packed_cas_add,
    .device_remove = packed_cas_remove,
    .use_default_domain = packed_cas_use,
    .unuse_default_domain = packed_cas_unuse,
    .group_claim = packed_cas_claim,
    .group_release = packed_cas_release,
    .device_claim = packed_cas_device_claim,
    .device_release = packed_cas_device_release,
    .claimed = packed_cas_claimed,
};
