/* SPDX-License-Identifier: MIT */
/*
 * Small numbers for owner tokens, so that a number and a count fit into one word. A token is any
 * pointer, and no bit of a pointer is spare everywhere: 5-level paging and Arm's pointer
 * authentication use those that others pack counts into. A 16-byte compare-and-swap would hold
 * pointer and count, but not every CPU has it, C11 makes a library call of it, and where its load
 * is a compare-and-swap too, looking costs as much as writing.
 *
 * The kernel would give an owner its number when it makes it, from an ida, and take it back at the
 * end. Nothing tells us of that end: a number stays with its token for the life of the process.
 */
#ifndef OWNER_ID_H
#define OWNER_ID_H

#include <stdint.h>
#include <stdlib.h>

#include "impl.h"

enum {
#ifdef OWNBENCH_EXPLORED
	OWNER_IDS = 8, /* what a checker explores is small */
#else
	OWNER_IDS = 4096,
#endif
	OWNER_ID_BITS = 16,
};

_Static_assert(OWNER_IDS < 1 << OWNER_ID_BITS, "a number must fit into its field");

/* An open hash that only grows. Relaxed throughout: a token is compared and not followed, and the
 * compare-and-swap alone makes all threads agree on its place. */
static _Atomic(void *) *owner_ids;

/* For impl_ops.setup. */
static int owner_ids_setup(void)
{
	owner_ids = calloc(OWNER_IDS, sizeof(*owner_ids));
	return owner_ids ? 0 : -ENOMEM;
}

/* The owner's number, from 1. -EINVAL: NULL is no owner. -ENOSPC: too many owners were seen. */
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
