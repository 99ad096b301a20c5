/* SPDX-License-Identifier: MIT */
/* Verifies the negative controls, and then the selected implementations. */
#ifndef BENCH_VERIFICATION_VERIFY_ALL_H
#define BENCH_VERIFICATION_VERIFY_ALL_H

#include <stdbool.h>

#include "bench/families/families.h"
#include "harness/error.h"

struct verify_request {
	const struct bench_family *family;
	char **impls; /* patterns; if empty, all but variants and negative controls */
	size_t nr_impls;
	double budget; /* seconds for all implementations together */
	bool controls; /* verify only the negative controls */
	bool json;
};

/* Checks that each pattern matches an implementation, or a control with --controls. Returns 0, or
 * -1 with the error set. */
int verify_request_check(const struct verify_request *request, struct error *err);

/* Prints the findings to stdout, and errors to stderr. Returns the exit status. */
int verify_all(const struct verify_request *request);

#endif
