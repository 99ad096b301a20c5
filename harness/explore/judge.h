/* SPDX-License-Identifier: MIT */
/*
 * Judges the operations of one execution against the specification of their family (family.h).
 *
 * The partial-order reduction runs one of many executions that differ only in the order of
 * independent steps. All of them have the same results, but their order in real time differs: in
 * some of them an operation returned before another was called. So the judge gets the partial order
 * of the calls and returns, and checks every order in real time that it allows.
 */
#ifndef EXPLORE_JUDGE_H
#define EXPLORE_JUDGE_H

#include "harness/explore/family.h"

struct judge;

/* Every execution begins in the state `start`. Returns NULL if memory is out; free with
 * judge_free(). */
struct judge *judge_new(const struct judging *judging, struct spec_state start);
void judge_free(struct judge *j);

/*
 * Returns the faults of the execution that the machine has just completed, as bits of enum fault.
 * If `real`, judges only the order in which the execution ran, and not all orders that the threads
 * cannot tell apart.
 */
unsigned int judge_faults(struct judge *j, const struct machine *m, bool real);

/* Returns true if the judge ran out of room for the states that could explain an execution's
 * results. The faults of that execution are then unknown. */
bool judge_is_full(const struct judge *j);

/* Stores in *witness an order of calls and returns that shows `fault`, one of the faults of the
 * last execution. The order is empty if the fault is not one of the results. */
void judge_witness(
    struct judge *j, const struct machine *m, enum fault fault, struct witness *witness);

#endif
