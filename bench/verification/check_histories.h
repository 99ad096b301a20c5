/* SPDX-License-Identifier: MIT */
/* Checks files of recorded histories for linearizability. */
#ifndef BENCH_VERIFICATION_CHECK_HISTORIES_H
#define BENCH_VERIFICATION_CHECK_HISTORIES_H

#include <stdbool.h>

#include "harness/check/linearize.h"

struct check_request {
	const char *timeline; /* HTML file in which to draw the last illegal history; NULL: none */
	enum history_spec spec;
	bool json;
};

/* Prints the judgement on each file to stdout, and errors to stderr. Returns the exit status. */
int check_histories(const struct check_request *request, char *const *paths, int nr);

#endif
