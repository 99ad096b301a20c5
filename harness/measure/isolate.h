/* SPDX-License-Identifier: MIT */
/* A run in a child process: one that crashes or hangs costs only itself. */
#ifndef HARNESS_MEASURE_ISOLATE_H
#define HARNESS_MEASURE_ISOLATE_H

#include <signal.h>

#include "harness/error.h"
#include "harness/measure/run.h"

/* Runs it in a child process of its own, which may crash or hang: then result->failure says so. A
 * `timeout` in seconds; *stop set by a signal handler ends it early. */
enum run_end { RUN_ENDED, RUN_INTERRUPTED };
enum run_end run_isolated(const struct run_spec *spec, struct run_result *result, double timeout,
    const volatile sig_atomic_t *stop);

/* A zeroed result that a child can fill in. NULL with the error set. */
struct run_result *run_result_create(unsigned int nr_threads, struct error *err);
void run_result_destroy(struct run_result *result, unsigned int nr_threads);

#endif
