/* SPDX-License-Identifier: MIT */
/*
 * Which execution comes next: source-set dynamic partial-order reduction with sleep sets (Abdulla,
 * Aronis, Jonsson, Sagonas, POPL 2014), or every interleaving.
 */
#ifndef EXPLORE_SEARCH_H
#define EXPLORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/machine_state.h"

/*
 * A choice between processes, and of what the chosen one does (machine_picks()), before an event.
 * Sets of processes, and of picks, are bits.
 */
struct frame {
	uint8_t enabled;
	uint8_t backtrack; /* to be explored from here */
	uint8_t sleep;     /* need not be: explored from here, or equivalent to what was */
	uint8_t partly;    /* the same of some picks alone, which are in `asleep` */
	uint8_t chosen, pick;
	uint64_t left; /* picks of the chosen process that are still to be explored */
	uint64_t
	    asleep[MAX_PROCS]; /* picks that need not be, of processes in `sleep` or `partly` */
};

enum search_mode { SEARCH_REDUCED, SEARCH_ALL, SEARCH_REPLAY };

struct search {
	enum search_mode mode;
	int forced;    /* frames whose choice is made; the rest of an execution chooses */
	int depth;     /* frames of the last execution */
	int resumed;   /* the frame that goes on with another process, whose picks are not known; -1
	                */
	uint8_t first; /* the root is split: its only choice here; 0: not split */
	uint8_t asleep; /* the root's sleep set: choices that other parts explore before */
	struct frame frames[MAX_EVENTS];
};

/* The process that moves next; -1: the execution ends, for the reason put into m->ending. */
int search_choose(struct machine *m);

/* Prepares the next execution; false: there is none. */
bool search_next(struct machine *m);

/* Event number `earlier` races with the next step of `proc`, before which `seen` has happened. */
void search_race(struct machine *m, int earlier, int proc, vclock seen);

#endif
