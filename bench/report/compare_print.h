/* SPDX-License-Identifier: MIT */
/* Prints compared sweeps to stdout, as text or as JSON. */
#ifndef BENCH_REPORT_COMPARE_PRINT_H
#define BENCH_REPORT_COMPARE_PRINT_H

#include "harness/report/compare_sweeps.h"

void compare_print_text(const struct compared_sweeps *compared);
void compare_print_json(const struct compared_sweeps *compared);

#endif
