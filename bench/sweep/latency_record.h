/* SPDX-License-Identifier: MIT */
/* Converts a run's latencies to the formats of the results. */
#ifndef BENCH_SWEEP_LATENCY_RECORD_H
#define BENCH_SWEEP_LATENCY_RECORD_H

#include <jansson.h>

#include "harness/measure/latency.h"

/* Adds "<op>_p50_ns", and the same for p90, p99, p999 and max, for each operation that was timed.
 * With --claim-every, also adds "claims_unsuccessful". */
void latencies_report(json_t *figures, const struct latency *latency);

/* Returns {"timer_ns", "probe": {"count", "max_ns", "buckets": [[from_ns, count], ..]}, ..} as a
 * new reference, or NULL if nothing was timed. */
json_t *latencies_json(const struct latency *latency);

#endif
