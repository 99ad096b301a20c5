/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_SUMMARY_H
#define HARNESS_MEASURE_SUMMARY_H

#include "harness/measure/run.h"

/* Fills in what follows from the threads' own records. */
void summary_make(const struct run_spec *spec, struct run_result *result);

#endif
