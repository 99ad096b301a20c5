/* SPDX-License-Identifier: MIT */
/* The measured loops of a family whose workloads run in one way. The switches of a loop are
 * compile-time constants, so it contains only the checks that its variant needs. */
#ifndef BENCH_FAMILIES_LOOPS_H
#define BENCH_FAMILIES_LOOPS_H

#include <stdbool.h>

#include "harness/inline.h"
#include "harness/measure/run.h"
#include "harness/measure/worker.h"

struct variant {
	enum run_check check;
	bool delays;
};

#define LOOP(name, run, check, delays)                               \
	static void name(struct worker *worker, size_t steps)        \
	{                                                            \
		run(worker, steps, (struct variant){check, delays}); \
	}

/* Defines the loops over run(struct worker *, size_t steps, struct variant), which must be inlined.
 * Recorded steps are not measured, so the delayed form serves for all of them, with delays of 0
 * turns. */
#define LOOPS(run)                                               \
	LOOP(loop, run, CHECK_AUDIT, false)                      \
	LOOP(loop_delayed, run, CHECK_AUDIT, true)               \
	LOOP(loop_recorded, run, CHECK_HISTORY, true)            \
	LOOP(loop_timed, run, (enum run_check)LOOP_TIMED, false) \
	LOOP(loop_timed_delayed, run, (enum run_check)LOOP_TIMED, true)

#endif
