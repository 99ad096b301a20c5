/* SPDX-License-Identifier: MIT */
/* Sweeps of several machines, as the arguments of `ownbench merge` name them. */
#ifndef BENCH_SWEEP_MERGE_NAMED_H
#define BENCH_SWEEP_MERGE_NAMED_H

#include "harness/record/merge.h"

/* Merges the sweeps of the arguments, "[NAME=]DIR" each, into the new directory `out`. The error is
 * set unless it returns MERGED. */
enum merge_result merge_named_sweeps(
    const char *out, char *const *arguments, size_t nr, struct error *err);

#endif
