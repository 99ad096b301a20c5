/* SPDX-License-Identifier: MIT */
/* What `ownbench verify` found, told as a table or as JSON. */
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
	bool all_controls; /* or only some, from which nothing follows for a checker */
};

void verify_report_print(FILE *out, const struct verify_report *report);
void verify_report_json(FILE *out, const struct verify_report *report);

/* Whether a checker caught no control at all, of all of them. */
bool verify_report_is_blind(const struct verify_report *report);

/* -1, and `err` says which: a class differs from the declared one, a control escaped all checkers,
 * or a checker is blind. */
int verify_report_contradicts(const struct verify_report *report, struct error *err);

#endif
