/* SPDX-License-Identifier: MIT */
/* Checks that correct designs have no violation in the kernel, and that faulty ones have one. */
#ifndef BENCH_KERNEL_CHECK_H
#define BENCH_KERNEL_CHECK_H

#include "bench/kernel/guest.h"

/* Runs the designs that match one of the comma-separated `patterns` (NULL: all designs) in guests,
 * and prints a line for each run. Stores in *failures the number of runs that did not end as they
 * must. Returns 0, or -1 with the error set. */
int kernel_check(
    struct kernel_place *place, const char *patterns, unsigned int *failures, struct error *err);

#endif
