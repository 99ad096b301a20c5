/* SPDX-License-Identifier: MIT */
#ifndef BENCH_SWEEP_SWEEP_H
#define BENCH_SWEEP_SWEEP_H

#include "bench/sweep/plan.h"
#include "bench/sweep/run_options.h"

/*
 * Measures a plan into a new directory, or goes on with the sweep in `resumed`, and ends with a
 * table. `argv`: the command line, as the person gave it. Returns the exit status; what went wrong
 * is on stderr.
 */
int sweep_run(struct plan *plan, struct run_options *options, const char *resumed, int argc,
    char *const *argv);

#endif
