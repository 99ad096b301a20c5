/* SPDX-License-Identifier: MIT */
/* Prints the findings of `ownbench verify`, as a table or as JSON. */
#ifndef BENCH_VERIFICATION_VERIFY_REPORT_H
#define BENCH_VERIFICATION_VERIFY_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "bench/verification/verify.h"
#include "harness/error.h"

struct verify_report {
	struct verdict *verdicts;
	size_t nr_verdicts;
	struct verdict *controls;
	size_t nr_controls;
	bool all_controls; /* all controls ran; otherwise a checker need not catch any */
};

/* Print the report, as text or as JSON. */
void verify_report_print(FILE *out, const struct verify_report *report);
void verify_report_json(FILE *out, const struct verify_report *report);

/* Returns whether all controls ran and some checker caught none of them. */
bool verify_report_is_blind(const struct verify_report *report);

/* Returns -1 with the error set if a class differs from the declared one, if a control escaped
 * all checkers, or if a checker caught none. Otherwise returns 0. */
int verify_report_contradicts(const struct verify_report *report, struct error *err);

#endif
