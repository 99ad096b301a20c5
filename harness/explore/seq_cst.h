/* SPDX-License-Identifier: MIT */
/*
 * RC11's order of sequentially consistent accesses and fences (Lahav, Vafeiadis, Kang, Hur, Dreyer,
 * PLDI 2017): the relation psc over the steps of an execution has to be acyclic.
 */
#ifndef EXPLORE_SEQ_CST_H
#define EXPLORE_SEQ_CST_H

#include "harness/explore/machine_state.h"

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
