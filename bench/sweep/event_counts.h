/* SPDX-License-Identifier: MIT */
/* What the counters of a run say, per operation. */
#ifndef BENCH_SWEEP_EVENT_COUNTS_H
#define BENCH_SWEEP_EVENT_COUNTS_H

#include <jansson.h>

#include "harness/measure/run.h"

/*
 * The operations that the counts are divided by: a probe, its remove, a claim, its release, and
 * each probe or claim that was refused or failed; of the other families a use, and an unbind.
 */
uint64_t counts_operations(const struct tally *tally);

/* Adds "<event>_per_op" of each event, and "multiplexed", the largest part of the time that one of
 * them had to do without the hardware, where there is such. Nothing if the run could not count. */
void counts_report(json_t *figures, const struct counter_list *counters,
    const struct run_result *result, unsigned int nr_threads);

/* Each event over all threads; NULL if there are none. A new reference. */
json_t *counts_json(
    const struct counter_list *counters, const struct run_result *result, unsigned int nr_threads);

/* One thread's, as they were read; NULL if there are none. A new reference. */
json_t *counts_thread_json(const struct counter_list *counters, const struct run_thread *thread);

#endif
