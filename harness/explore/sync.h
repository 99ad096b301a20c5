/* SPDX-License-Identifier: MIT */
/*
 * Happens-before by the memory orders in the source, C11 section 5.1.2.4: release and acquire,
 * fences, release sequences of read-modify-writes, locks, membarrier and grace periods.
 *
 * SC and x86-TSO are stronger than the source may ask for, so there a missing memory order changes
 * no result. It shows here, because the memory that owners hand over must be ordered by
 * happens-before.
 */
#ifndef EXPLORE_SYNC_H
#define EXPLORE_SYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"

enum { SYNC_LOCS = 4096 + 64 + 4, SYNC_SIDES = 4, SYNC_OBJECTS = 16 };

struct sync {
	/* Indexed by thread. */
	vclock now[MAX_THREADS];            /* what happened before the thread's next step */
	vclock acquirable[MAX_THREADS];     /* what an acquire fence would add to `now` */
	vclock fence_released[MAX_THREADS]; /* `now` at the last release fence */
	vclock section_end[MAX_THREADS];    /* `now` at the end of the last read-side section */
	vclock waited[MAX_THREADS];         /* what a membarrier or wait adds to `now` at its end */
	vclock barrier[MAX_THREADS];        /* `now` at the call of the membarrier */

	vclock waits;           /* join of `now` at the start of each wait for readers so far */
	bool unordered;         /* a data race was seen between two sides of an object */
	unsigned int n_objects; /* highest object accessed by sync_work() so far, plus 1 */
	unsigned int n_touched;
	uint16_t touched[SYNC_LOCS]; /* locations whose clock was set; sync_reset() clears them */
	vclock locs[SYNC_LOCS];      /* what an acquire load of the location adds to `now` */
	vclock works[SYNC_OBJECTS][SYNC_SIDES]; /* clock of the last work, per side */
};

void sync_reset(struct sync *s);

/* sync_released() returns the clock that a store of this order releases. It must be passed to
 * sync_store() when the store becomes visible to other threads. */
vclock sync_released(const struct sync *s, int thread, int order);
void sync_store(struct sync *s, unsigned int loc, vclock released);

/* sync_read() records a load that reads a store with the clock `released`; sync_load() records a
 * load that reads the last store to the location. */
void sync_read(struct sync *s, int thread, vclock released, int order);
void sync_load(struct sync *s, int thread, unsigned int loc, int order);
void sync_rmw(struct sync *s, int thread, unsigned int loc, int order);
void sync_fence(struct sync *s, int thread, int order);

/*
 * A membarrier. Each other thread passes a full fence at a moment of its own. Everything before
 * that moment in the thread happens before sync_barrier_end(); sync_barrier_begin() happens before
 * everything after it. A membarrier orders no other thread after another.
 */
void sync_barrier_begin(struct sync *s, int thread);
void sync_barrier_pass(struct sync *s, int thread, int other);
void sync_barrier_end(struct sync *s, int thread);

void sync_section_enter(struct sync *s, int thread);
void sync_section_leave(struct sync *s, int thread);

/* A wait for readers comes after the sections that ended before its call, and after those it
 * waits for. A section that begins later comes after the call of the wait. */
void sync_wait_begin(struct sync *s, int thread);
void sync_wait_seen(struct sync *s, int thread, int reader);
void sync_wait_end(struct sync *s, int thread);

/*
 * Records plain accesses to an object and checks their order: accesses of one side must happen
 * after all earlier accesses of the other sides. Accesses of the same side need no order: they are
 * those of co-owners or of readers.
 */
void sync_work(struct sync *s, int thread, unsigned int object, unsigned int side);

#endif
