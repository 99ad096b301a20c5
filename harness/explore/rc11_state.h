/* SPDX-License-Identifier: MIT */
/* The state of messages.c and seq_cst.c in an execution under RC11. */
#ifndef EXPLORE_RC11_STATE_H
#define EXPLORE_RC11_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"
#include "harness/explore/event.h"

enum { MAX_MESSAGES = 32 /* messages per location */, MAX_CELLS = 128 };

struct message {
	vclock seen; /* per thread: clock value of its first step that wrote or read this message */
	vclock released; /* clock that a step gets when it acquires this message */
	uint64_t value;
	const struct source_location *site; /* NULL: the initial value */
	int16_t event; /* event that stored this message; -1: the initial value */
	uint8_t thread;
	bool consumed; /* a read-modify-write has read it: no other store may follow it directly */
};

/* A location's messages, numbered in the order in which they were stored. */
struct cell {
	uint16_t loc;
	uint8_t n;
	uint8_t order[MAX_MESSAGES]; /* message numbers in modification order */
	uint8_t place[MAX_MESSAGES]; /* inverse of `order`: position of each message */
	struct message all[MAX_MESSAGES];
};

struct messages {
	unsigned int n_cells;
	uint8_t cell_of[MAX_LOCS]; /* index into `cells`, plus 1; 0: no cell yet */
	struct cell cells[MAX_CELLS];
};

enum { MAX_SEQ_CST = 64 /* sequentially consistent steps */, MAX_STEPS = 2048, NO_CELL = 0xff };

/* One step of a thread. */
struct seq_cst_step {
	vclock before; /* clock of this step, without what it acquires */
	vclock after;  /* clock including what it acquires; not set in the last step */
	int16_t index; /* value of the thread's own lane */
	uint8_t thread;
	uint8_t cell; /* cell of the accessed location; NO_CELL: no access, such as a fence */
	uint8_t message;
	bool writes, seq_cst;
};

struct seq_cst {
	unsigned int n, n_seq_cst;
	bool full;                 /* a table was too small for a step */
	int16_t last[MAX_THREADS]; /* index of each thread's last step; -1: none */
	struct seq_cst_step steps[MAX_STEPS];
	uint16_t order[MAX_SEQ_CST]; /* indices of the sequentially consistent steps */
};

#endif
