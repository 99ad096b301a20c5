/* SPDX-License-Identifier: MIT */
/* RC11's order of sequentially consistent accesses and fences (Lahav, Vafeiadis, Kang, Hur, Dreyer,
 * PLDI 2017): the relation psc over an execution's steps must not have a cycle. */
#ifndef EXPLORE_SEQ_CST_H
#define EXPLORE_SEQ_CST_H

#include "harness/explore/machine_state.h"

void seq_cst_reset(struct seq_cst *s);

/* Begins a step of the thread, and increments its lane of `now`. */
void seq_cst_begin(struct seq_cst *s, int thread, vclock *now);

/* Record the kind of the thread's last step: a sequentially consistent fence, or an access. */
void seq_cst_fence(struct seq_cst *s, int thread);
void seq_cst_access(struct seq_cst *s, int thread, unsigned int cell, unsigned int message,
    bool writes, bool seq_cst);

/* Returns true if psc has a cycle. The execution is then forbidden, whatever steps follow. A new
 * cycle is possible only after a step that read or wrote a message other than the newest. */
bool seq_cst_contradicts(const struct machine *m);

#endif
