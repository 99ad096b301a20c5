/* SPDX-License-Identifier: MIT */
/* The rate of an event, measured in several short runs. Trials of one run share a process, its
 * memory and a moment in time, so they are not independent. The scatter between runs shows how
 * far a rate can be trusted. */
#ifndef BENCH_CLAIMS_RATE_H
#define BENCH_CLAIMS_RATE_H

#include <stddef.h>
#include <stdint.h>

#include "harness/stats/interval.h"

enum { RATE_RUNS = 8, RATE_RUNS_QUICK = 4 };

/* Must be zero-initialized before the first rate_add(). */
struct rate_runs {
	size_t nr; /* runs that had trials */
	uint64_t events, trials;
	double share[RATE_RUNS]; /* share of each run's trials that had the event */
};

/* Adds one run with `events` in `trials`. A run without trials is ignored, and so is a run
 * beyond RATE_RUNS. */
void rate_add(struct rate_runs *runs, uint64_t events, uint64_t trials);

/* Events per million trials. */
struct rate {
	double mean; /* mean of the runs' rates; NAN: no run had trials */
	struct interval around;
};

/* Returns the mean rate and its 95% interval: Student's t over the runs' rates, clipped to
 * 0..1000000. The interval is at least as wide as the exact one for independent trials, which
 * alone bounds the rate of an event that was never seen. With fewer than two runs the interval
 * is NAN. */
struct rate rate_of(const struct rate_runs *runs);

/* Returns e.g. "7 per million, the mean of 8 runs (95%: 5 to 9)", or an upper bound if the event
 * was never seen. */
struct rate_text {
	char s[112];
} rate_text(const struct rate_runs *runs);

#endif
