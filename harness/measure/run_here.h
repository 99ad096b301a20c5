/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_RUN_HERE_H
#define HARNESS_MEASURE_RUN_HERE_H

#include "harness/measure/run.h"

/* Runs it in this process. Whatever goes wrong is in result->failure. */
void run_here(const struct run_spec *spec, struct run_result *result);

#endif
