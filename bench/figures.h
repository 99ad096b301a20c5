/* SPDX-License-Identifier: MIT */
/* What a repetition is reported to Google Benchmark with. It stands in the journal, too, so that a
 * sweep that is resumed reports what it has measured before. */
#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include <jansson.h>

#include "bench/gbench_shim.h"
#include "bench/plan.h"
#include "harness/env/steal.h"

/* {"time", "cpu_time": seconds of an item, "label", "counters": {..}}; a new reference. `steal`:
 * while it ran; `at`: seconds since the sweep began. */
json_t *figures_json(const struct plan_run *run, const struct run_result *result,
    const struct steal *steal, double at);

void figures_report(struct gbench_state *state, const json_t *figures);

#endif
