/* SPDX-License-Identifier: MIT */
/* What `ownbench run` says of a sweep beside its figures: a plan on stdout, and lines on stderr. */
#ifndef BENCH_SWEEP_SWEEP_MESSAGES_H
#define BENCH_SWEEP_SWEEP_MESSAGES_H

#include "bench/sweep/plan.h"
#include "bench/sweep/run_options.h"
#include "bench/sweep/schedule.h"

/* What would be run, and for how long. */
void run_show_plan(const struct plan *plan, const struct run_options *options);

/* Says that the budget ends before all points have had the minimum of rounds, if it does. */
void run_say_small_budget(const struct plan *plan, const struct run_options *options);

/* How far the rounds got, on stdout. */
void run_say_precision(const struct schedule *schedule, double seconds);

/* The points that cannot be run. */
void run_say_points_left_out(const struct plan *plan);

/* The lines of a listing that were skipped. */
void run_say_lines_skipped(const struct plan *plan);

/* That memory is placed trivially, where it was asked to be placed. */
void run_say_one_node(const struct plan *plan, const struct plan_request *request);

/* Takes out the events that cannot be counted here, and says so; the sweep goes without them. */
void run_say_left_out(struct counter_list *counters);

/* The tables at the end of a sweep on stdout, and what spoils them on stderr. */
int run_show_table(const char *dir, struct error *err);

#endif
