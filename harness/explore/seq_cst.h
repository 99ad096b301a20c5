/* SPDX-License-Identifier: MIT */
/* RC11's order of sequentially consistent accesses and fences (Lahav, Vafeiadis, Kang, Hur,
 * Dreyer, PLDI 2017). The relation psc over the steps of an execution must be acyclic. */
#ifndef EXPLORE_SEQ_CST_H
#define EXPLORE_SEQ_CST_H

#include "harness/explore/machine_state.h"

void seq_cst_reset(struct seq_cst *s);

/* Begins a step of the thread: increments the thread's lane of `now`. */
void seq_cst_begin(struct seq_cst *s, int thread, vclock *now);

/* Record what the thread's last step is: a sequentially consistent fence, or an access. */
void seq_cst_fence(struct seq_cst *s, int thread);
void seq_cst_access(struct seq_cst *s, int thread, unsigned int cell, unsigned int message,
    bool writes, bool seq_cst);

/*
 * Returns true if psc has a cycle: no order of the sequentially consistent steps so far is allowed,
 * and further steps cannot change that. Only a step that read or wrote another message than the
 * newest can have closed the cycle.
 */
bool seq_cst_contradicts(const struct machine *m);

#endif
