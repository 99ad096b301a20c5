/* SPDX-License-Identifier: MIT */
/* What an execution under RC11 has stored so far; messages.h and seq_cst.h work on it. */
#ifndef EXPLORE_RC11_STATE_H
#define EXPLORE_RC11_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"
#include "harness/explore/event.h"

enum { MAX_MESSAGES = 32 /* of a location */, MAX_CELLS = 128 };

struct message {
	vclock seen;     /* the tick of each thread's first step that wrote or read it */
	vclock released; /* what a step that acquires it comes after */
	uint64_t value;
	const struct source_location *site; /* NULL: the initial value */
	int16_t event;                      /* that stored it; -1: the initial value */
	uint8_t thread;
	bool consumed; /* by a read-modify-write, which no store may come before */
};

/* A location's messages, numbered as they were stored. */
struct cell {
	uint16_t loc;
	uint8_t n;
	uint8_t order[MAX_MESSAGES]; /* numbers, in modification order */
	uint8_t place[MAX_MESSAGES]; /* in `order`, by number */
	struct message all[MAX_MESSAGES];
};

struct messages {
	unsigned int n_cells;
	uint8_t cell_of[MAX_LOCS]; /* cell + 1; 0: none yet */
	struct cell cells[MAX_CELLS];
};

enum { MAX_SEQ_CST = 64 /* sequentially consistent steps */, MAX_STEPS = 2048, NO_CELL = 0xff };

/* A step of a thread. */
struct seq_cst_step {
	vclock before; /* what it comes after by happens-before, and itself: without what it
	                  acquires */
	vclock after;  /* with that; of the last step of a thread: not yet known */
	int16_t index; /* in the thread's lane */
	uint8_t thread;
	uint8_t cell; /* of messages.h, which it accesses; NO_CELL: a fence or another step */
	uint8_t message;
	bool writes, seq_cst;
};

struct seq_cst {
	unsigned int n, n_seq_cst;
	bool full;                 /* there was no room for a step */
	int16_t last[MAX_THREADS]; /* step of the thread; -1: none */
	struct seq_cst_step steps[MAX_STEPS];
	uint16_t order[MAX_SEQ_CST]; /* the sequentially consistent ones */
};

#endif
