/* SPDX-License-Identifier: MIT */
/* How often something happens, from several short runs: the trials of one run share its process,
 * its memory and its moment, so that they are not independent, and only runs tell how far a rate
 * is to be trusted. */
#ifndef BENCH_CLAIMS_RATE_H
#define BENCH_CLAIMS_RATE_H

#include <stddef.h>
#include <stdint.h>

#include "harness/stats/interval.h"

enum { RATE_RUNS = 8, RATE_RUNS_QUICK = 4 };

/* Begins as all zero. */
struct rate_runs {
	size_t nr; /* runs that had trials */
	uint64_t events, trials;
	double share[RATE_RUNS]; /* of a run's trials that had the event */
};

/* `events` of `trials`, in one more run of at most RATE_RUNS. A run without trials is none. */
void rate_add(struct rate_runs *runs, uint64_t events, uint64_t trials);

/* Events per million trials. */
struct rate {
	double mean; /* of the runs' rates; NAN: no run had trials */
	struct interval around;
};

/*
 * The interval covers the mean with 95%: Student's t over the runs' rates, from 0 to a million. It
 * is no narrower than if all trials were independent (exact): that alone tells how large a rate
 * can be of which nothing was seen. NAN of fewer than two runs.
 */
struct rate rate_of(const struct rate_runs *runs);

/* "7 per million, the mean of 8 runs (95%: 5 to 9)"; where nothing was seen, how much it can be. */
struct rate_text {
	char s[112];
} rate_text(const struct rate_runs *runs);

#endif
