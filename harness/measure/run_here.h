/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_RUN_HERE_H
#define HARNESS_MEASURE_RUN_HERE_H

#include "harness/measure/run.h"

/* Runs the spec in this process. A fault or failure is reported in result->failure; some failures
 * end the process. */
void run_here(const struct run_spec *spec, struct run_result *result);

#endif
