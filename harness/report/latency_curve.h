/* SPDX-License-Identifier: MIT */
/* The latencies of a run as a curve: the histograms of its repetitions, put together. */
#ifndef HARNESS_REPORT_LATENCY_CURVE_H
#define HARNESS_REPORT_LATENCY_CURVE_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"
#include "harness/record/sweep.h"

/* Whether the operation was timed in any repetition. */
bool latency_is_timed(const struct sweep_run *run, const char *operation);

/* [[1 / (1 - q), NS], ..] for a logarithmic axis, ascending, the maximum last. A new reference;
 * NULL with the error set: a histogram is malformed. */
json_t *latency_curve_json(const struct sweep_run *run, const char *operation, struct error *err);

#endif
