/* SPDX-License-Identifier: MIT */
#ifndef BENCH_SWEEP_SWEEP_H
#define BENCH_SWEEP_SWEEP_H

#include "bench/sweep/plan.h"
#include "bench/sweep/run_options.h"

/* Measures a plan into a new directory, or continues the sweep in the directory `resumed` unless
 * that is NULL. Prints tables at the end. `argv` is the original command line. Returns the exit
 * status; errors are printed to stderr. */
int sweep_run(struct plan *plan, struct run_options *options, const char *resumed, int argc,
    char *const *argv);

#endif
