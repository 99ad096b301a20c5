/* SPDX-License-Identifier: MIT */
/* Chooses the next execution. Uses source-set dynamic partial-order reduction with sleep sets
 * (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014), or explores every interleaving. */
#ifndef EXPLORE_SEARCH_H
#define EXPLORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/machine_state.h"

/* The choice before an event: a process, and one of its picks (machine_picks()). Sets of processes
 * and of picks are bit masks. */
struct frame {
	uint8_t enabled;
	uint8_t backtrack; /* processes to explore from this frame */
	uint8_t sleep;     /* processes whose executions from this frame are already explored */
	uint8_t partly;    /* processes for which only the picks in `asleep` are already explored */
	uint8_t chosen, pick;
	uint64_t left;              /* unexplored picks of the chosen process */
	uint64_t asleep[MAX_PROCS]; /* explored picks of each process */
};

enum search_mode { SEARCH_REDUCED, SEARCH_ALL, SEARCH_REPLAY };

struct search {
	enum search_mode mode;
	int forced;     /* number of leading frames that repeat their previous choice */
	int depth;      /* number of frames of the last execution */
	int resumed;    /* frame with a newly chosen process that has no pick yet; -1: none */
	uint8_t first;  /* split search: threads that may move first; 0: all */
	uint8_t asleep; /* split search: threads whose executions are explored elsewhere */
	struct frame frames[MAX_EVENTS];
};

/* Returns the process that moves next. If the execution has ended, returns -1 with the reason in
 * m->ending. */
int search_choose(struct machine *m);

/* Prepares the next execution. Returns false if there is none. */
bool search_next(struct machine *m);

/* Records that event number `earlier` races with the next step of `proc`. `seen` is the clock of
 * all events that are known to come before that step. */
void search_race(struct machine *m, int earlier, int proc, vclock seen);

#endif
