/* SPDX-License-Identifier: MIT */
/* Counts of hardware and software events in a run, per operation. */
#ifndef BENCH_SWEEP_EVENT_COUNTS_H
#define BENCH_SWEEP_EVENT_COUNTS_H

#include <jansson.h>

#include "harness/measure/run.h"

/* Returns the number of operations by which counts are divided. In the ownership family these are
 * probes, removes, claims and releases, including refused or failed probes and refused claims. In
 * other families they are uses and unbinds. */
uint64_t counts_operations(const struct tally *tally);

/* Adds "<event>_per_op" for each event. If events shared hardware counters, also adds
 * "multiplexed": the largest fraction of the window in which an event was not counted. Adds nothing
 * if the run could not count. */
void counts_report(json_t *figures, const struct counter_list *counters,
    const struct run_result *result, unsigned int nr_threads);

/* Returns the counts of each event over all threads as a new reference, or NULL if nothing was
 * counted. */
json_t *counts_json(
    const struct counter_list *counters, const struct run_result *result, unsigned int nr_threads);

/* Returns one thread's raw counts as a new reference, or NULL if no events were requested. */
json_t *counts_thread_json(const struct counter_list *counters, const struct run_thread *thread);

#endif
