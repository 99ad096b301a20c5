/* SPDX-License-Identifier: MIT */
/*
 * Judges the operations of one execution against the specification of their family (family.h).
 *
 * The reduction runs one of many executions that differ only in the order of independent steps. All
 * of them have the same results, but not the same order in real time: an operation may have ended
 * before another began in some of them. So the judge is given the partial order of the calls and
 * returns, and looks at every order in real time that it allows.
 */
#ifndef EXPLORE_JUDGE_H
#define EXPLORE_JUDGE_H

#include "harness/explore/family.h"

struct judge;

/* Every execution begins in that state. NULL: no memory. */
struct judge *judge_new(const struct judging *judging, struct spec_state start);
void judge_free(struct judge *j);

/* The faults of the execution that the machine has just completed. `real` judges it in the order in
 * which it ran, and not in all orders that would have been the same to the threads. */
unsigned int judge_faults(struct judge *j, const struct machine *m, bool real);

/* More states could explain some execution's answers than there is room for: its faults are not
 * known. */
bool judge_is_full(const struct judge *j);

/* For one of those faults. Without an order: it is none of the answers'. */
void judge_witness(
    struct judge *j, const struct machine *m, enum fault fault, struct witness *witness);

#endif
