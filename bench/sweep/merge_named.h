/* SPDX-License-Identifier: MIT */
/* Merges the sweeps that the arguments of `ownbench merge` name. */
#ifndef BENCH_SWEEP_MERGE_NAMED_H
#define BENCH_SWEEP_MERGE_NAMED_H

#include "harness/record/merge.h"

/* Merges the sweeps of the arguments, each "[NAME=]DIR", into the new directory `out`. The error
 * is set unless MERGED is returned. */
enum merge_result merge_named_sweeps(
    const char *out, char *const *arguments, size_t nr, struct error *err);

#endif
