/* SPDX-License-Identifier: MIT */
/* Writes runs in a kernel as the directory of a sweep, whose format is in results/FORMATS.md. */
#ifndef BENCH_KERNEL_SWEEP_H
#define BENCH_KERNEL_SWEEP_H

#include "bench/kernel/run.h"

/* Creates the directory and writes the runs. If the kernel was emulated, each rate is divided by
 * the baseline's rate in the same round, because times under emulation mean nothing. Returns 0, or
 * -1 with the error set. */
int kernel_sweep_write(const char *dir, const struct kernel_table *table,
    const struct kernel_place *place, const struct kernel_request *request, int argc,
    char *const *argv, struct error *err);

#endif
