/* SPDX-License-Identifier: MIT */
/* Profiles a run in the running kernel with perf, for `ownbench kernel profile --host`. */
#ifndef BENCH_KERNEL_PROFILE_H
#define BENCH_KERNEL_PROFILE_H

#include "bench/kernel/run.h"

/* Runs the single design that request->patterns selects on the host, while perf samples `event`
 * (NULL: depends on the machine) in the run's threads. Writes perf's files into `dir`, which must
 * not exist, and prints the hottest lines. Returns an exit status, with the error set unless it is
 * EXIT_OK. */
int kernel_profile(struct kernel_place *place, const struct kernel_request *request,
    unsigned int threads, const char *event, const char *dir, struct error *err);

#endif
