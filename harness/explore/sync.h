/* SPDX-License-Identifier: MIT */
/*
 * Tracks happens-before as it follows from the memory orders in the source (C11, section 5.1.2.4):
 * release and acquire, fences, release sequences of read-modify-writes, locks, membarrier and grace
 * periods.
 *
 * SC and x86-TSO may be stronger than the memory orders in the source, and then a missing memory
 * order changes no result. It is found here nevertheless: the memory that owners hand over must be
 * ordered by happens-before.
 */
#ifndef EXPLORE_SYNC_H
#define EXPLORE_SYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"

enum { SYNC_LOCS = 4096 + 64 + 4, SYNC_SIDES = 4, SYNC_OBJECTS = 16 };

struct sync {
	/* Indexed by thread. */
	vclock now[MAX_THREADS];            /* what happens before the thread's next step */
	vclock acquirable[MAX_THREADS];     /* what an acquire fence would add to now[] */
	vclock fence_released[MAX_THREADS]; /* now[] at the last release fence */
	vclock section_end[MAX_THREADS];    /* now[] at the last end of a read-side section */
	vclock waited[MAX_THREADS];         /* what a membarrier or wait adds to now[] at its end */
	vclock barrier[MAX_THREADS];        /* now[] at the call of the membarrier */

	vclock waits;           /* join of now[] at the start of all waits for readers */
	bool unordered;         /* two sides of an object were found to race */
	unsigned int n_objects; /* highest object that was accessed by sync_work(), plus 1 */
	unsigned int n_touched;
	uint16_t touched[SYNC_LOCS]; /* locations with a clock, which sync_reset() clears */
	vclock locs[SYNC_LOCS];      /* what an acquire load of the location adds to now[] */
	vclock works[SYNC_OBJECTS][SYNC_SIDES]; /* clock of each side's last work */
};

void sync_reset(struct sync *s);

/* sync_released() returns the clock that a store with this memory order releases. The caller must
 * pass it to sync_store() when the store becomes visible to other threads. */
vclock sync_released(const struct sync *s, int thread, int order);
void sync_store(struct sync *s, unsigned int loc, vclock released);

/* sync_read() records a load of a store that released the clock `released`. sync_load() records a
 * load of the last store to the location. */
void sync_read(struct sync *s, int thread, vclock released, int order);
void sync_load(struct sync *s, int thread, unsigned int loc, int order);
void sync_rmw(struct sync *s, int thread, unsigned int loc, int order);
void sync_fence(struct sync *s, int thread, int order);

/*
 * A membarrier. Each other thread passes a full fence at some moment. What the thread did before
 * that moment happens before sync_barrier_end(), and sync_barrier_begin() happens before what the
 * thread does later. Other threads are not ordered with each other.
 */
void sync_barrier_begin(struct sync *s, int thread);
void sync_barrier_pass(struct sync *s, int thread, int other);
void sync_barrier_end(struct sync *s, int thread);

void sync_section_enter(struct sync *s, int thread);
void sync_section_leave(struct sync *s, int thread);

/* A wait for readers is ordered after all sections that ended before it was called, and after the
 * sections for which it waits. A section that begins later is ordered after the call of the
 * wait. */
void sync_wait_begin(struct sync *s, int thread);
void sync_wait_seen(struct sync *s, int thread, int reader);
void sync_wait_end(struct sync *s, int thread);

/*
 * Records that a side accesses an object by plain accesses. They must happen after all earlier
 * accesses by other sides. Accesses by the same side need no order, because its members are
 * co-owners or readers.
 */
void sync_work(struct sync *s, int thread, unsigned int object, unsigned int side);

#endif
