/* SPDX-License-Identifier: MIT */
/* Lists the implementations and workloads of each family as text. */
#ifndef BENCH_FAMILIES_FAMILIES_PRINT_H
#define BENCH_FAMILIES_FAMILIES_PRINT_H

#include "bench/families/families.h"

/* Prints this family on stdout, or all families if `only` is NULL. */
void families_print(const struct bench_family *only);

#endif
