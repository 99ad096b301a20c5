/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_RUN_HERE_H
#define HARNESS_MEASURE_RUN_HERE_H

#include "harness/measure/run.h"

/* Executes the run in this process. Stores a fault or failure in result->failure. After some
 * failures the process ends. */
void run_here(const struct run_spec *spec, struct run_result *result);

#endif
