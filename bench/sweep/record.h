/* SPDX-License-Identifier: MIT */
/* The record of a repetition: one line of runs.jsonl, as described in results/FORMATS.md. */
#ifndef BENCH_SWEEP_RECORD_H
#define BENCH_SWEEP_RECORD_H

#include <jansson.h>

#include "bench/sweep/plan.h"
#include "harness/env/steal.h"

/* When a repetition was measured: its round, its position in the round, and its time. */
struct record_place {
	unsigned int round;
	unsigned int order;   /* position within the round */
	unsigned int designs; /* number of designs in the round */
	double at_seconds;    /* when the repetition ended, in seconds since the sweep began */
	struct steal steal;   /* steal time while the repetition ran */
};

/* Returns the record, a new reference. */
json_t *record_make(
    const struct plan_run *run, const struct record_place *place, const struct run_result *result);

#endif
