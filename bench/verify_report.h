/* SPDX-License-Identifier: MIT */
/* What `ownbench verify` found, told as a table or as JSON. */
#ifndef BENCH_VERIFY_REPORT_H
#define BENCH_VERIFY_REPORT_H

#include <stdio.h>

#include "bench/ladder.h"

struct verify_report {
	struct verdict *verdicts;
	size_t nr_verdicts;
	struct verdict *controls;
	size_t nr_controls;
};

void verify_report_print(FILE *out, const struct verify_report *report);
void verify_report_json(FILE *out, const struct verify_report *report);

/* Whether a class differs from the declared one, a control escaped all checkers, or a checker
 * caught none. */
bool verify_report_contradicts(const struct verify_report *report);

#endif
