/* SPDX-License-Identifier: MIT */
/*
 * packed_cas with an append-only table of owners, and a count of its entries. A claim looks for its
 * owner among the counted entries, and appends the owner if it is not there. The including file
 * defines SUMMARY, and the memory orders of the count: WRITE for its store and READ for its load.
 * With release and acquire the design is correct. Otherwise a claim can read a counted entry as
 * empty. It then gives its owner a second id, and is refused because the group is owned under the
 * first id.
 */
#include <stdint.h>

#include "device_list.h"
#include "impl.h"

#define OWNER_ID_H /* replaces ../owner_id.h */
enum { OWNER_ID_BITS = 16, OWNERS = 4096 };

static _Atomic(void *) owners[OWNERS];
static _Atomic(unsigned int) nr_owners; /* entries in use; later ones may be in use, too */

static int owner_ids_setup(void)
{
	return 0;
}

static inline int owner_id(void *owner)
{
	unsigned int nr = atomic_load_explicit(&nr_owners, READ), i;
	void *seen;

	if (!owner)
		return -EINVAL;
	for (i = 0; i < nr; i++) {
		if (atomic_load_explicit(&owners[i], memory_order_relaxed) == owner)
			return (int)i + 1;
	}
	for (; i < OWNERS; i++) {
		seen = NULL;
		if (atomic_compare_exchange_strong_explicit(
			&owners[i], &seen, owner, memory_order_relaxed, memory_order_relaxed)) {
			atomic_store_explicit(&nr_owners, i + 1, WRITE);
			return (int)i + 1;
		}
		if (seen == owner)
			return (int)i + 1;
	}
	return -ENOSPC;
}

#define impl packed_cas_impl
#include "../packed_cas.c"
#undef impl

static const struct impl_ops impl = {
    .summary = SUMMARY,
    .source = "negative control",
    .class = CLASS_CAUTIOUS,
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
