/* SPDX-License-Identifier: MIT */
/*
 * The witness: each holder marks its group, so that a conflicting holder sees the mark.
 *
 * The upper half of the cell holds the number of the user that owns the group, and the lower half
 * the count of bound drivers. A holder enters by one read-modify-write, so of two overlapping
 * holders the later one sees the mark of the earlier one. The read-modify-write is relaxed, because
 * the witness must not order the accesses that it watches. On x86 it is a full fence nevertheless,
 * which hides faults caused by a missing fence.
 *
 * Beside the cell is a plain word that users write and drivers read, as they would access a device.
 * Only the implementation orders these accesses. If it fails to, ThreadSanitizer reports a data
 * race.
 */
#ifndef HARNESS_OWNERSHIP_WITNESS_H
#define HARNESS_OWNERSHIP_WITNESS_H

#include "harness/measure/worker.h"

enum { WITNESS_USER_SHIFT = 32 };

static inline uint64_t witness_user(uint64_t cell)
{
	return cell >> WITNESS_USER_SHIFT;
}

static inline uint64_t witness_drivers(uint64_t cell)
{
	return cell & UINT32_MAX;
}

static inline void witness_report(
    struct worker *worker, struct group *group, uint64_t cell, bool user)
{
	if (!worker->conflict.group)
		worker->conflict = (struct conflict){.group = group, .cell = cell, .user = user};
}

static inline void witness_driver_enters(struct worker *worker, struct group *group)
{
	uint64_t cell =
	    atomic_fetch_add_explicit(&to_bus_group(group)->witness, 1, memory_order_relaxed);

	(void)*(volatile unsigned int *)&to_bus_group(group)->owned;
	if (witness_user(cell))
		witness_report(worker, group, cell, false);
}

static inline void witness_driver_leaves(struct group *group)
{
	atomic_fetch_sub_explicit(&to_bus_group(group)->witness, 1, memory_order_relaxed);
}

/* claim->owner is a struct worker, see worker_owner(). */
static inline void witness_user_enters(const struct core_claim *claim)
{
	struct worker *worker = claim->owner;
	struct group *group = claim->group;
	uint64_t mark = (uint64_t)worker->user << WITNESS_USER_SHIFT;
	uint64_t cell =
	    atomic_fetch_add_explicit(&to_bus_group(group)->witness, mark, memory_order_relaxed);

	*(volatile unsigned int *)&to_bus_group(group)->owned = worker->user;
	if (cell)
		witness_report(worker, group, cell, true);
}

static inline void witness_user_leaves(const struct core_claim *claim)
{
	const struct worker *worker = claim->owner;
	uint64_t mark = (uint64_t)worker->user << WITNESS_USER_SHIFT;

	atomic_fetch_sub_explicit(&to_bus_group(claim->group)->witness, mark, memory_order_relaxed);
}

#endif
