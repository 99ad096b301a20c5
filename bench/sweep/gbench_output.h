/* SPDX-License-Identifier: MIT */
/* Google Benchmark's outputs, made from the records when the rounds are over. */
#ifndef BENCH_SWEEP_GBENCH_OUTPUT_H
#define BENCH_SWEEP_GBENCH_OUTPUT_H

#include "bench/sweep/run_options.h"
#include "harness/record/sweep.h"
#include "harness/record/sweep_dir.h"

/* Gives the library its own options. Returns 0, or -1 with an error that names an option that it
 * does not take. */
int gbench_output_start(const struct run_options *options, struct error *err);

/* Registers every run of the sweep with as many repetitions as it has, and lets the library report
 * them: to stdout if the person asked for a format, to benchmark.json, and to --benchmark_out.
 * Returns 0, or -1 with the error set. */
int gbench_output_write(const struct sweep *sweep, const struct run_options *options,
    const struct sweep_dir *dir, struct error *err);

#endif
