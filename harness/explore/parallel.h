/* SPDX-License-Identifier: MIT */
/* Explores in child processes, on several CPUs. If an implementation crashes or hangs, this is
 * returned as an error. */
#ifndef EXPLORE_PARALLEL_H
#define EXPLORE_PARALLEL_H

#include "harness/explore/explore.h"

/*
 * Explores in up to `processes` child processes. If that is more than one, splits the search by the
 * thread that moves first, into one part per thread of the scenario. `show`, which may be NULL, is
 * called a few times a second with the number of executions so far. Returns 0, or -1 with an error.
 */
int explore_parallel(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, unsigned int processes,
    void (*show)(uint64_t executions), struct explore_result *result, struct error *err);

/* Runs explore_programs() in a child process. `show` is called as by explore_parallel(). If the
 * implementation crashes or hangs, the error names the program. */
int explore_programs_in_child(const struct explored *impl, const struct program_bounds *bounds,
    const struct explore_options *options, void (*show)(uint64_t executions),
    struct programs_result *result, struct error *err);

#endif
