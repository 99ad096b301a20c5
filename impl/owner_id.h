/* SPDX-License-Identifier: MIT */
/*
 * Small ids for owner tokens, so that an owner and a count fit into one 64-bit word.
 *
 * A token is an arbitrary pointer, and no bit of a pointer is unused on every machine: 5-level
 * paging and Arm's pointer authentication take the high bits into which other designs pack counts.
 * A 16-byte compare-and-swap could change pointer and count together. But not every CPU has one,
 * C11 compilers call a library for it, and on some CPUs a 16-byte atomic load is a
 * compare-and-swap, so that reading costs as much as writing.
 *
 * The kernel would allocate an id from an ida when an owner is created, and free it with the owner.
 * Nothing here reports the end of an owner, so an id is never reused while the process lives.
 */
#ifndef OWNER_ID_H
#define OWNER_ID_H

#include <stdint.h>
#include <stdlib.h>

#include "impl.h"

enum {
#ifdef OWNBENCH_EXPLORED
	OWNER_IDS = 3, /* explored programs have three owners */
#else
	OWNER_IDS = 4096,
#endif
	OWNER_ID_BITS = 16,
};

_Static_assert(OWNER_IDS < 1 << OWNER_ID_BITS, "an owner's id must fit into its field");

/* An open-addressing hash table that only grows. Relaxed order is enough: a token is compared but
 * never dereferenced, and the compare-and-swap makes all threads agree on its slot. */
static _Atomic(void *) *owner_ids;

/* Allocates the table; a function for impl_about.setup. Returns 0 or -ENOMEM. */
static int owner_ids_setup(void)
{
	owner_ids = calloc(OWNER_IDS, sizeof(*owner_ids));
	return owner_ids ? 0 : -ENOMEM;
}

/* Returns the owner's id, which is at least 1; -EINVAL if owner is NULL; -ENOSPC if the table is
 * full. */
static inline int owner_id(void *owner)
{
	size_t hash = (size_t)((uintptr_t)owner * UINT64_C(0x9e3779b97f4a7c15) >> 32);

	if (!owner)
		return -EINVAL;
	for (size_t i = 0; i < OWNER_IDS; i++) {
		size_t slot = (hash + i) % OWNER_IDS;
		void *seen = atomic_load_explicit(&owner_ids[slot], memory_order_relaxed);

		if (!seen && atomic_compare_exchange_strong_explicit(&owner_ids[slot], &seen, owner,
				 memory_order_relaxed, memory_order_relaxed))
			return (int)slot + 1;
		if (seen == owner)
			return (int)slot + 1;
	}
	return -ENOSPC;
}

#endif
