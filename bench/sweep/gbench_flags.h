/* SPDX-License-Identifier: MIT */
/* Google Benchmark's options on the command line of `ownbench run`. */
#ifndef BENCH_SWEEP_GBENCH_FLAGS_H
#define BENCH_SWEEP_GBENCH_FLAGS_H

#include "bench/sweep/run_options.h"

/* Removes Google Benchmark's options from argv. Options that concern the plan set fields of `run`.
 * The others are collected in its gbench_argv, which the caller frees. Returns 0, or -1 with the
 * error set. */
int gbench_flags_take(struct run_options *run, int *argc, char **argv, struct error *err);

#endif
