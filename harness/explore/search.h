/* SPDX-License-Identifier: MIT */
/* Chooses the next execution: by source-set dynamic partial-order reduction with sleep sets
 * (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014), or every interleaving. */
#ifndef EXPLORE_SEARCH_H
#define EXPLORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/machine_state.h"

/* The choice before one event: a process, and a pick of that process (machine_picks()). Sets of
 * processes and sets of picks are bits. */
struct frame {
	uint8_t enabled;
	uint8_t backtrack; /* processes to explore from this frame */
	uint8_t sleep;     /* processes whose executions from this frame were explored already */
	uint8_t partly;    /* processes of which only the picks in `asleep` may be skipped */
	uint8_t chosen, pick;
	uint64_t left;              /* picks of the chosen process still to explore */
	uint64_t asleep[MAX_PROCS]; /* picks that were explored already, per process */
};

enum search_mode { SEARCH_REDUCED, SEARCH_ALL, SEARCH_REPLAY };

struct search {
	enum search_mode mode;
	int forced;  /* number of leading frames whose choice is fixed; later frames choose anew */
	int depth;   /* number of frames of the last execution */
	int resumed; /* frame where another process is chosen, but no pick of it yet; -1: none */
	uint8_t first;  /* split search: threads that may move first; 0: not split */
	uint8_t asleep; /* sleep set of the root: threads that other parts of the search explore */
	struct frame frames[MAX_EVENTS];
};

/* Returns the process that moves next, or -1 if the execution ends; m->ending then has the
 * reason. */
int search_choose(struct machine *m);

/* Prepares the next execution. Returns false if none is left. */
bool search_next(struct machine *m);

/* Notes that event number `earlier` races with the next step of `proc`. `seen` is the clock of
 * everything known to come before that step. */
void search_race(struct machine *m, int earlier, int proc, vclock seen);

#endif
