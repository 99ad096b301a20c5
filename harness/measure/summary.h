/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_SUMMARY_H
#define HARNESS_MEASURE_SUMMARY_H

#include "harness/measure/run.h"

/* Computes the result's totals, rates and fairness from the threads' own records. */
void summary_make(const struct run_spec *spec, struct run_result *result);

#endif
