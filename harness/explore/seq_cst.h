/* SPDX-License-Identifier: MIT */
/*
 * RC11's order of sequentially consistent accesses and fences (Lahav, Vafeiadis, Kang, Hur, Dreyer,
 * PLDI 2017): the relation psc over the steps of an execution has to be acyclic.
 */
#ifndef EXPLORE_SEQ_CST_H
#define EXPLORE_SEQ_CST_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"

enum { MAX_SEQ_CST = 64 /* sequentially consistent steps */, MAX_STEPS = 2048, NO_CELL = 0xff };

/* A step of a thread. */
struct seq_cst_step {
	vclock before; /* what it comes after by happens-before, and itself: without what it acquires */
	vclock after;  /* with that; of the last step of a thread: not yet known */
	int16_t index; /* in the thread's lane */
	uint8_t thread;
	uint8_t cell; /* of messages.h, which it accesses; NO_CELL: a fence or another step */
	uint8_t message;
	bool writes, seq_cst;
};

struct seq_cst {
	unsigned int n, n_seq_cst;
	bool full; /* there was no room for a step */
	int16_t last[MAX_THREADS]; /* step of the thread; -1: none */
	struct seq_cst_step steps[MAX_STEPS];
	uint16_t order[MAX_SEQ_CST]; /* the sequentially consistent ones */
};

struct machine;

void seq_cst_reset(struct seq_cst *s);

/* A step of the thread begins: its lane of `now` goes up by one. */
void seq_cst_begin(struct seq_cst *s, int thread, vclock *now);

/* What the last step of the thread turned out to be. */
void seq_cst_fence(struct seq_cst *s, int thread);
void seq_cst_access(struct seq_cst *s, int thread, unsigned int cell, unsigned int message,
    bool writes, bool seq_cst);

/* Whether no order of the sequentially consistent steps so far explains the execution. It stays so,
 * whatever comes. Only a step that read or wrote something other than the newest message can have
 * caused it. */
bool seq_cst_contradicts(const struct machine *m);

#endif
