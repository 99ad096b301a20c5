/* SPDX-License-Identifier: MIT */
/* Messages of `ownbench run` about a sweep: the plan and the precision on stdout, warnings on
 * stderr. */
#ifndef BENCH_SWEEP_SWEEP_MESSAGES_H
#define BENCH_SWEEP_SWEEP_MESSAGES_H

#include "bench/sweep/plan.h"
#include "bench/sweep/run_options.h"
#include "bench/sweep/schedule.h"

/* Prints the runs of the plan, and how long they will take. */
void run_show_plan(const struct plan *plan, const struct run_options *options);

/* Warns if the budget is too small for the minimum of rounds at every point. */
void run_say_small_budget(const struct plan *plan, const struct run_options *options);

/* Prints how many ratios became precise. */
void run_say_precision(const struct schedule *schedule, double seconds);

/* Warns about points that were left out because they cannot be run. */
void run_say_points_left_out(const struct plan *plan);

/* Warns about lines of a listing that were skipped. */
void run_say_lines_skipped(const struct plan *plan);

/* Warns that --memory has no effect on a machine with one NUMA node. */
void run_say_one_node(const struct plan *plan, const struct plan_request *request);

/* Removes events that cannot be counted here, and warns about them. */
void run_say_left_out(struct counter_list *counters);

/* Prints the tables of the sweep in `dir` to stdout, and warnings about its figures to stderr.
 * Returns 0, or -1 with the error set. */
int run_show_table(const char *dir, struct error *err);

#endif
