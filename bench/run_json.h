/* SPDX-License-Identifier: MIT */
#ifndef BENCH_RUN_JSON_H
#define BENCH_RUN_JSON_H

#include <jansson.h>

#include "bench/plan.h"

/* One repetition with all that its threads recorded: a line of runs.jsonl. A new reference. */
json_t *run_json(
    const struct plan_run *run, unsigned int repetition, const struct run_result *result);

#endif
