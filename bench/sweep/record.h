/* SPDX-License-Identifier: MIT */
/* The record of a repetition: a line of runs.jsonl, see results/README.md. */
#ifndef BENCH_SWEEP_RECORD_H
#define BENCH_SWEEP_RECORD_H

#include <jansson.h>

#include "bench/sweep/plan.h"
#include "harness/env/steal.h"

/* Where and when a repetition was measured. */
struct record_place {
	unsigned int round;
	unsigned int order;   /* within the round */
	unsigned int designs; /* of the round */
	double at_seconds;    /* when it ended, since the sweep began */
	struct steal steal;   /* while it ran */
};

/* Returns a new reference. */
json_t *record_make(
    const struct plan_run *run, const struct record_place *place, const struct run_result *result);

#endif
