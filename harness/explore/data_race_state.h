/* SPDX-License-Identifier: MIT */
/* The state of data_race.c, part of struct machine. */
#ifndef EXPLORE_DATA_RACE_STATE_H
#define EXPLORE_DATA_RACE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/explore/clock.h"
#include "harness/explore/event.h"
#include "harness/source_location.h"

/* The bytes whose plain accesses are checked: the arena, and up to 8 bytes of each object outside
 * of it. */
enum { MAX_FOREIGN_SIZE = 8, MAX_BYTES = MAX_ARENA + MAX_FOREIGN_SIZE * MAX_FOREIGN };

enum { USED_MASKS = 8 }; /* so that each bit is for 8 bytes of the arena */

/* One access of a data race. `pc` is valid in this process and in processes forked from it. */
struct race_side {
	const void *pc; /* plain access: return address of its hook; NULL: atomic access */
	const struct source_location *site; /* atomic access: source location */
	uint8_t thread;
	bool writes;
};

struct data_race {
	bool found;
	struct race_side sides[2]; /* in the order of execution */
};

/* The kinds of accesses that a byte has seen, and the threads that made them, in all executions. */
enum {
	SEEN_PLAIN_LOAD = 1,
	SEEN_PLAIN_STORE = 2,
	SEEN_LOAD = 4,
	SEEN_STORE = 8,
	SEEN_RACY = 16,
	SEEN_FREE = 32,
	SEEN_THREAD = 64, /* shifted left by the number of the thread */
	SEEN_THREADS = SEEN_THREAD * ((1 << MAX_THREADS) - 1),
};

struct data_races {
	struct data_race first; /* the first data race of this execution */

	/* SEEN_RACY: the other kinds can race with each other, so all accesses are recorded. */
	uint16_t seen[MAX_BYTES];

	bool racing[MAX_BYTES];    /* a data race on this byte was found */
	bool scheduled[MAX_BYTES]; /* plain accesses to this byte are steps */
	bool any_scheduled;
	bool any_new; /* plain accesses to a racing byte are not yet steps */

	/*
	 * The last accesses to each byte in this execution. Lane t has the epoch of thread t's last
	 * load, and lane t + MAX_THREADS that of its last store. An atomic access is recorded at
	 * its first byte.
	 */
	vclock plain[MAX_BYTES], atomic[MAX_BYTES];
	unsigned int accesses[MAX_THREADS]; /* number of plain accesses by each thread */
	uint64_t used[USED_MASKS];          /* bit masks of the arena's words that were accessed */

	/* Same lanes: return address of the last plain access (see pc_of()), and source line of the
	 * last atomic access. */
	const void *pcs[MAX_BYTES][MAX_PROCS];
	const struct source_location *sites[MAX_ARENA][MAX_PROCS];
};

#endif
