/* SPDX-License-Identifier: MIT */
/* Runs the callers that break the rules on the implementations that were asked for. */
#ifndef BENCH_VERIFICATION_MISUSE_RUN_H
#define BENCH_VERIFICATION_MISUSE_RUN_H

#include <stdbool.h>
#include <stddef.h>

struct misuse_request {
	char **impls; /* patterns; without any: all but variants and controls */
	size_t nr_impls;
	bool json;
};

/* Prints what came of each to stdout, and errors to stderr. Returns the exit status. */
int misuse_run(const struct misuse_request *request);

#endif
