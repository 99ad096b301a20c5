/* SPDX-License-Identifier: MIT */
/* Runs in a kernel, as the directory of a sweep: see results/FORMATS.md. */
#ifndef BENCH_KERNEL_SWEEP_H
#define BENCH_KERNEL_SWEEP_H

#include "bench/kernel/run.h"

/*
 * Makes the directory. Of an emulated kernel the rates are divided by the baseline's of the same
 * round, because it has no times of its own. 0, or -1 with the error set.
 */
int kernel_sweep_write(const char *dir, const struct kernel_table *table,
    const struct kernel_place *place, const struct kernel_request *request, int argc,
    char *const *argv, struct error *err);

#endif
