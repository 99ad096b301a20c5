/* SPDX-License-Identifier: MIT */
/* explore() in processes of its own: over several cores, and safe from code that crashes or hangs,
 * which is an error. */
#ifndef EXPLORE_PARALLEL_H
#define EXPLORE_PARALLEL_H

#include "harness/explore/explore.h"

/* `show` (may be NULL) is told the executions so far, a few times a second. The search is split by
 * the thread that moves first, which is as many parts as the scenario has threads. */
int explore_parallel(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, unsigned int processes,
    void (*show)(uint64_t executions), struct explore_result *result, struct error *err);

#endif
