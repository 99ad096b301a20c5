/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_SUMMARY_H
#define HARNESS_MEASURE_SUMMARY_H

#include "harness/measure/run.h"

/* Computes the run's totals, rates and fairness from what each thread has recorded. */
void summary_make(const struct run_spec *spec, struct run_result *result);

#endif
