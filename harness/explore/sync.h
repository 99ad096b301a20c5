/* SPDX-License-Identifier: MIT */
/*
 * What happens before what by the memory orders of the source, C11 section 5.1.2.4: releases that
 * acquires read from, fences, release sequences of read-modify-writes, locks, membarrier and grace
 * periods. The models that are run are stronger than the source asks for, so a missing order shows
 * in no result; it shows here: the memory that they are about has to be handed over.
 */
#ifndef EXPLORE_SYNC_H
#define EXPLORE_SYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"

enum { SYNC_LOCS = 4096 + 64 + 4, SYNC_SIDES = 4, SYNC_OBJECTS = 16 };

struct sync {
	vclock now[MAX_THREADS];    /* what the thread comes after */
	vclock heard[MAX_THREADS];  /* what an acquire fence of it would add */
	vclock told[MAX_THREADS];   /* what its relaxed stores release: all before its last fence */
	vclock left[MAX_THREADS];   /* its last read-side section */
	vclock waited[MAX_THREADS]; /* what its wait has shown it so far; it comes after that */
	vclock barrier[MAX_THREADS]; /* what came before its membarrier */
	vclock waits;                /* all waits for readers that have begun */
	bool unordered;              /* a side was not ordered after another before it */
	unsigned int n_objects;      /* that have been worked on: the first so many, */
	unsigned int n_touched;
	uint16_t touched[SYNC_LOCS];            /* locations to reset */
	vclock locs[SYNC_LOCS];                 /* what an acquire that reads this comes after */
	vclock works[SYNC_OBJECTS][SYNC_SIDES]; /* the last work of each side in each thread */
};

void sync_reset(struct sync *s);

/* What a store of this order releases; to be given to sync_store() when others can see it. */
vclock sync_released(const struct sync *s, int thread, int order);
void sync_store(struct sync *s, unsigned int loc, vclock released);

/* A load of what a store has released; and one of what the last store to the location has. */
void sync_read(struct sync *s, int thread, vclock released, int order);
void sync_load(struct sync *s, int thread, unsigned int loc, int order);
void sync_rmw(struct sync *s, int thread, unsigned int loc, int order);
void sync_fence(struct sync *s, int thread, int order);

/*
 * A membarrier: each other thread passes a full fence at a moment of its own, all before it in that
 * thread comes before the end, and the begin before all behind it. That hands nothing from one of
 * those threads to another.
 */
void sync_barrier_begin(struct sync *s, int thread);
void sync_barrier_pass(struct sync *s, int thread, int other);
void sync_barrier_end(struct sync *s, int thread);

void sync_section_enter(struct sync *s, int thread);
void sync_section_leave(struct sync *s, int thread);

/* A wait for readers comes after sections that ended before it, and after those that end during it
 * if it waits for them. A section that began later comes after the wait's begin instead. */
void sync_wait_begin(struct sync *s, int thread);
void sync_wait_seen(struct sync *s, int thread, int reader);
void sync_wait_end(struct sync *s, int thread);

/*
 * Plain accesses to an object, and the check of their order: whoever works on it comes after all
 * that other sides did before. Those on one side need no order: co-owners, or readers.
 */
void sync_work(struct sync *s, int thread, unsigned int object, unsigned int side);

#endif
