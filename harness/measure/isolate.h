/* SPDX-License-Identifier: MIT */
/* Executes each run in a child process, so that a crash or a hang costs only that run. */
#ifndef HARNESS_MEASURE_ISOLATE_H
#define HARNESS_MEASURE_ISOLATE_H

#include <signal.h>

#include "harness/error.h"
#include "harness/measure/run.h"

/*
 * Runs the spec in a child process. If the child crashes, or hangs for longer than `timeout`
 * seconds, result->failure says so. A signal handler ends the run early by setting *stop; then
 * RUN_INTERRUPTED is returned.
 */
enum run_end { RUN_ENDED, RUN_INTERRUPTED };
enum run_end run_isolated(const struct run_spec *spec, struct run_result *result, double timeout,
    const volatile sig_atomic_t *stop);

/* Maps a zeroed result that parent and child share. Returns NULL with the error set. */
struct run_result *run_result_create(unsigned int nr_threads, struct error *err);
void run_result_destroy(struct run_result *result, unsigned int nr_threads);

#endif
