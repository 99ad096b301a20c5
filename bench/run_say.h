/* SPDX-License-Identifier: MIT */
/* What `ownbench run` says of a sweep beside its figures: a plan on stdout, and lines on stderr. */
#ifndef BENCH_RUN_SAY_H
#define BENCH_RUN_SAY_H

#include "bench/plan.h"
#include "harness/env/steal.h"
#include "harness/record/sweep_dir.h"

/* What would be run, and for how long at least. */
void run_show_plan(
    const struct plan *plan, const struct plan_request *request, uint64_t repetitions);

/* The points that cannot be run. */
void run_say_points_left_out(const struct plan *plan);

/* That memory is placed trivially, where it was asked to be placed. */
void run_say_one_node(const struct plan *plan, const struct plan_request *request);

/* Takes out the events that cannot be counted here, and says so; the sweep goes without them. */
void run_say_left_out(struct counter_list *counters);

/* The table at the end of a sweep, drift.json, and what the machine did meanwhile. */
int run_show_table(
    const struct sweep_dir *dir, const struct steal *steal, unsigned int cpus, struct error *err);

#endif
