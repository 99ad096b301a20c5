/* SPDX-License-Identifier: MIT */
/*
 * Judges the operations of an execution against their family's specification (family.h).
 *
 * The partial-order reduction runs only one of the executions that differ in nothing but the order
 * of independent steps. They all have the same results, but differ in their real-time order: only
 * in some of them, one operation returns before another one is called. So the judge works on the
 * partial order of calls and returns, and checks every real-time order that is compatible with it.
 */
#ifndef EXPLORE_JUDGE_H
#define EXPLORE_JUDGE_H

#include "harness/explore/family.h"

struct judge;

/* `start` is the state in which every execution begins. Returns NULL if out of memory. Free with
 * judge_free(). */
struct judge *judge_new(const struct judging *judging, struct spec_state start);
void judge_free(struct judge *j);

/*
 * Returns the faults of the execution that the machine has just completed, as a mask of enum fault.
 * If `real` is set, judges only the order in which the execution ran. Otherwise judges all orders
 * that its threads cannot distinguish from it.
 */
unsigned int judge_faults(struct judge *j, const struct machine *m, bool real);

/* Returns true if an execution's results allowed more states than the judge can store. That
 * execution's faults are unknown. */
bool judge_is_full(const struct judge *j);

/* Stores in *witness an order of calls and returns in which `fault` shows, which must be a fault of
 * the last execution. The order is empty if the fault does not show in results. */
void judge_witness(
    struct judge *j, const struct machine *m, enum fault fault, struct witness *witness);

#endif
