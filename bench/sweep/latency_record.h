/* SPDX-License-Identifier: MIT */
/* The latencies of a run, as results have them. */
#ifndef BENCH_SWEEP_LATENCY_RECORD_H
#define BENCH_SWEEP_LATENCY_RECORD_H

#include <jansson.h>

#include "harness/measure/latency.h"

/* Adds "<op>_p50_ns", _p90_, _p99_, _p999_ and _max_ns of each operation that was timed, and
 * "claims_unsuccessful" where a user claims at a rate. */
void latencies_report(json_t *figures, const struct latency *latency);

/* {"timer_ns", "probe": {"count", "max_ns", "buckets": [[from_ns, count], ..]}, ..}, a new
 * reference; NULL if nothing was timed. */
json_t *latencies_json(const struct latency *latency);

#endif
