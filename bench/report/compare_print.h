/* SPDX-License-Identifier: MIT */
/* Compared sweeps as text and as JSON, on stdout. */
#ifndef BENCH_REPORT_COMPARE_PRINT_H
#define BENCH_REPORT_COMPARE_PRINT_H

#include "harness/report/compare_sweeps.h"

void compare_print_text(const struct compared_sweeps *compared);
void compare_print_json(const struct compared_sweeps *compared);

#endif
