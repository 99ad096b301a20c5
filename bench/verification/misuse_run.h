/* SPDX-License-Identifier: MIT */
/* Breaks the callers' rules on the selected implementations, and shows the outcomes. */
#ifndef BENCH_VERIFICATION_MISUSE_RUN_H
#define BENCH_VERIFICATION_MISUSE_RUN_H

#include <stdbool.h>
#include <stddef.h>

struct misuse_request {
	char **impls; /* patterns; if empty, all but variants and negative controls */
	size_t nr_impls;
	bool json;
};

/* Prints the outcomes to stdout, and errors to stderr. Returns the exit status. */
int misuse_run(const struct misuse_request *request);

#endif
