/* SPDX-License-Identifier: MIT */
/* State of an execution that data_race.h works on. */
#ifndef EXPLORE_DATA_RACE_STATE_H
#define EXPLORE_DATA_RACE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/explore/clock.h"
#include "harness/explore/event.h"
#include "harness/source_location.h"

/* The bytes that plain accesses are judged on: those of the arena, and 8 of each object outside. */
enum { MAX_FOREIGN_SIZE = 8, MAX_BYTES = MAX_ARENA + MAX_FOREIGN_SIZE * MAX_FOREIGN };

/* One side of a data race. `pc` is valid in this process and in processes forked from it. */
struct race_side {
	const void *pc;                     /* return address of a plain access; NULL: atomic */
	const struct source_location *site; /* of an atomic access */
	uint8_t thread;
	bool writes;
};

struct data_race {
	bool found;
	struct race_side sides[2]; /* in the order of the execution */
};

/* The kinds of accesses to a byte, over all executions. */
enum { SEEN_PLAIN_LOAD = 1, SEEN_PLAIN_STORE = 2, SEEN_LOAD = 4, SEEN_STORE = 8, SEEN_RACY = 16 };

struct data_races {
	struct data_race first; /* of this execution */

	/* SEEN_RACY: two accesses of these kinds can race, so all are recorded. */
	uint8_t seen[MAX_BYTES];

	bool racing[MAX_BYTES];    /* a data race on the byte was seen */
	bool scheduled[MAX_BYTES]; /* plain accesses to the byte are steps */
	bool any_scheduled;
	bool any_new; /* a byte is racing that is not scheduled */

	/*
	 * Last accesses of this execution to each byte. The lane of a thread has the epoch of its
	 * last load, and the lane MAX_THREADS further that of its last store. Atomic accesses are
	 * recorded in their first byte.
	 */
	vclock plain[MAX_BYTES], atomic[MAX_BYTES];
	unsigned int accesses[MAX_THREADS]; /* plain accesses of each thread */
	uint64_t used;                      /* blocks of the arena with accesses, as bits */

	const void *pcs[MAX_BYTES][MAX_PROCS]; /* of plain accesses, see pc_of() */
	const struct source_location *sites[MAX_ARENA][MAX_PROCS]; /* of atomic accesses */
};

#endif
