/* SPDX-License-Identifier: MIT */
/* Measures round after round, and appends each repetition to the journal when it ends. */
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
	const volatile sig_atomic_t *stop; /* set by a signal handler to end the sweep */
	uint64_t start_ns; /* clock at the start; in a resumed sweep, less its time so far */
	double elapsed;    /* seconds from start_ns to the end of the last repetition */
	struct progress progress;
	bool uncounted; /* a failure to count events has been reported */
};

/* Measures until the schedule has no more rounds, or until *stop is set. Failures of runs are
 * printed to stderr as they occur. Returns 0, or -1 with the error set if the journal cannot be
 * written. */
int rounds_measure(struct rounds *rounds, struct error *err);

#endif
