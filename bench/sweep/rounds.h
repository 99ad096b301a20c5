/* SPDX-License-Identifier: MIT */
/* Measures round after round, and writes each repetition to the journal when it ends. */
#ifndef BENCH_SWEEP_ROUNDS_H
#define BENCH_SWEEP_ROUNDS_H

#include <signal.h>
#include <stdbool.h>

#include "bench/sweep/progress.h"
#include "bench/sweep/run_options.h"
#include "bench/sweep/schedule.h"
#include "harness/record/sweep_dir.h"

struct rounds {
	const struct run_options *options;
	const struct plan_points *points;
	struct schedule *schedule;
	struct sweep_dir *dir;
	const volatile sig_atomic_t *stop; /* set by a signal handler: ends the round */
	uint64_t start_ns; /* when the sweep began; what was measured before counts */
	double elapsed; /* at the end of the last repetition, as a sweep that is resumed knows it */
	struct progress progress;
	bool uncounted; /* some run could not count its events, and it was said */
};

/* Until the schedule has none left, or *stop. Failures are said as they occur. Returns 0, or -1
 * with the error set if the journal cannot be written. */
int rounds_measure(struct rounds *rounds, struct error *err);

#endif
