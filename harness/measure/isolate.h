/* SPDX-License-Identifier: MIT */
/* Executes each run in a child process, so that a crash or a hang loses only that run. */
#ifndef HARNESS_MEASURE_ISOLATE_H
#define HARNESS_MEASURE_ISOLATE_H

#include <signal.h>

#include "harness/error.h"
#include "harness/measure/run.h"

/*
 * Executes the run in a child process. If the child crashes, or hangs for more than `timeout`
 * seconds, sets result->failure. Ends the run early and returns RUN_INTERRUPTED when a signal
 * handler sets *stop.
 */
enum run_end { RUN_ENDED, RUN_INTERRUPTED };
enum run_end run_isolated(const struct run_spec *spec, struct run_result *result, double timeout,
    const volatile sig_atomic_t *stop);

/* Maps a zeroed result, shared by parent and child. Returns NULL with the error set on failure. */
struct run_result *run_result_create(unsigned int nr_threads, struct error *err);
void run_result_destroy(struct run_result *result, unsigned int nr_threads);

#endif
