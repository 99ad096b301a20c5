/* SPDX-License-Identifier: MIT */
/* Verifies the implementations that were asked for, after the negative controls of the build. */
#ifndef BENCH_VERIFICATION_VERIFY_ALL_H
#define BENCH_VERIFICATION_VERIFY_ALL_H

#include <stdbool.h>

#include "bench/families/families.h"
#include "harness/error.h"

struct verify_request {
	const struct bench_family *family;
	char **impls; /* patterns; without any: all but variants and controls */
	size_t nr_impls;
	double budget; /* seconds for everything together */
	bool controls; /* verify these only */
	bool json;
};

/* Whether each pattern means what can be verified. Returns 0, or -1 with the error set. */
int verify_request_check(const struct verify_request *request, struct error *err);

/* Prints what was found to stdout, and errors to stderr. Returns the exit status. */
int verify_all(const struct verify_request *request);

#endif
