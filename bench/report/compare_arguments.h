/* SPDX-License-Identifier: MIT */
/* Compares the sweeps that the arguments of `ownbench compare` name. */
#ifndef BENCH_REPORT_COMPARE_ARGUMENTS_H
#define BENCH_REPORT_COMPARE_ARGUMENTS_H

#include <stdbool.h>

#include "harness/error.h"

struct compare_options {
	const char *metric; /* NULL: the metric by which the workload is ranked */
	const char *filter;
	double fail_if_slower; /* percentage by which B may be slower; INFINITY: no limit */
	bool json;
};

/* Prints the comparison of two sweeps (arguments "A B") or of two implementations in one sweep
 * ("DIR IMPL IMPL"). Returns the exit status, or -1 with the error set. */
int compare_arguments(
    const struct compare_options *chosen, int nr, char **arguments, struct error *err);

#endif
