/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_RESULTS_TABLE_H
#define HARNESS_RESULTS_TABLE_H

#include <stdio.h>

#include "harness/results/sweep.h"

/* A table for each set of runs that can be compared, fastest first, the ceiling on top. What failed
 * its checks is named below with the reason, and not ranked. */
void sweep_print_table(FILE *out, const struct sweep *sweep);

#endif
