/* SPDX-License-Identifier: MIT */
/* The Universal Scalability Law, fitted to what each implementation did over threads. */
#ifndef HARNESS_REPORT_SCALING_H
#define HARNESS_REPORT_SCALING_H

#include "harness/report/report_sweep.h"

/*
 * For each workload that was run with several numbers of threads: {"name", "title", "points": [ID,
 * ..], "label", "cpus", "left_out": points with more threads than CPUs were, "reason": why nothing
 * is fitted, or null, "fits": [{"implementation", "why": it is not fitted, or null, "lambda",
 * "sigma", "kappa": measures, "peak": {"value", "text", "interval", "model"}, "worst_percent",
 * "least", "most": threads, "model": [[THREADS, VALUE, LOW, HIGH], ..]}, ..]}. Intervals are by
 * bootstrap, 95%.
 */
json_t *scaling_json(const struct report_sweep *sweep);

#endif
