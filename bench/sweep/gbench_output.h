/* SPDX-License-Identifier: MIT */
/* Outputs of Google Benchmark, which are made from the records after the last round. */
#ifndef BENCH_SWEEP_GBENCH_OUTPUT_H
#define BENCH_SWEEP_GBENCH_OUTPUT_H

#include "bench/sweep/run_options.h"
#include "harness/record/sweep.h"
#include "harness/record/sweep_dir.h"

/* Passes the options of Google Benchmark to the library. Returns 0, or -1 with an error that names
 * the first option that the library rejects. */
int gbench_output_start(const struct run_options *options, struct error *err);

/* Lets the library report every run of the sweep with its repetitions: to stdout if a format was
 * requested, to benchmark.json, and to the file of --benchmark_out. Returns 0, or -1 with the error
 * set. */
int gbench_output_write(const struct sweep *sweep, const struct run_options *options,
    const struct sweep_dir *dir, struct error *err);

#endif
