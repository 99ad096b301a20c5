/* SPDX-License-Identifier: MIT */
/* What `ownbench run` says of a sweep beside its figures: a plan on stdout, and lines on stderr. */
#ifndef BENCH_RUN_SAY_H
#define BENCH_RUN_SAY_H

#include "bench/plan.h"
#include "harness/env/steal.h"
#include "harness/results/sweep.h"

/* What would be run, and for how long at least. */
void run_show_plan(
    const struct plan *plan, const struct plan_request *request, uint64_t repetitions);

/* The points that cannot be run. */
void run_say_points_left_out(const struct plan *plan);

/* The lines of a listing that were skipped. */
void run_say_lines_skipped(const struct plan *plan);

/* That memory is placed trivially, where it was asked to be placed. */
void run_say_one_node(const struct plan *plan, const struct plan_request *request);

/* Takes out the events that cannot be counted here, and says so; the sweep goes without them. */
void run_say_left_out(struct counter_list *counters);

/* What the hypervisor took, if it matters. */
void run_say_stolen(const struct steal *steal);

/* Says what the threads had of their CPUs, where others had the rest; `cpus` as starved_find()
 * takes them. */
void run_say_starved(const struct sweep *sweep, unsigned int cpus);

#endif
