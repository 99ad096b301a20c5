/* SPDX-License-Identifier: MIT */
/* Compares what the arguments of `ownbench compare` name. */
#ifndef BENCH_REPORT_COMPARE_ARGUMENTS_H
#define BENCH_REPORT_COMPARE_ARGUMENTS_H

#include <stdbool.h>

#include "harness/error.h"

struct compare_options {
	const char *metric; /* NULL: what each point is judged by */
	const char *filter;
	double fail_if_slower; /* percent; INFINITY: do not */
	bool json;
};

/*
 * Prints the comparison of two sweeps ("A B"), or of two implementations of one ("DIR IMPL IMPL").
 * Returns the exit status, or -1 with the error set.
 */
int compare_arguments(
    const struct compare_options *chosen, int nr, char **arguments, struct error *err);

#endif
