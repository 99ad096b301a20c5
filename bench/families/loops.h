/* SPDX-License-Identifier: MIT */
/* Measured loops of a family whose workloads all have the same step. The switches of a loop are
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

/* Defines a loop for each variant of run(struct worker *, size_t steps, struct variant), which must
 * be inlined. Recorded steps are not measured, so one loop with delays serves for all of them;
 * their delays may be 0 turns. */
#define LOOPS(run)                                               \
	LOOP(loop, run, CHECK_AUDIT, false)                      \
	LOOP(loop_delayed, run, CHECK_AUDIT, true)               \
	LOOP(loop_recorded, run, CHECK_HISTORY, true)            \
	LOOP(loop_timed, run, (enum run_check)LOOP_TIMED, false) \
	LOOP(loop_timed_delayed, run, (enum run_check)LOOP_TIMED, true)

#endif
