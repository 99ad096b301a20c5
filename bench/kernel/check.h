/* SPDX-License-Identifier: MIT */
/* Whether the module finds right what is right, and wrong what is wrong. */
#ifndef BENCH_KERNEL_CHECK_H
#define BENCH_KERNEL_CHECK_H

#include "bench/kernel/guest.h"

/*
 * Runs designs that match one of `patterns` (with commas between; NULL: all) in guests, and prints
 * a line for each. *failures: how many were not as they must be. 0, or -1 with the error set.
 */
int kernel_check(
    struct kernel_place *place, const char *patterns, unsigned int *failures, struct error *err);

#endif
