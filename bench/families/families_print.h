/* SPDX-License-Identifier: MIT */
/* The implementations and the workloads of each family, for people. */
#ifndef BENCH_FAMILIES_FAMILIES_PRINT_H
#define BENCH_FAMILIES_FAMILIES_PRINT_H

#include "bench/families/families.h"

/* To stdout. `only`: NULL, all families. */
void families_print(const struct bench_family *only);

#endif
