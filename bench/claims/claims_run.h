/* SPDX-License-Identifier: MIT */
/* Runs claims one after another and prints the outcome of each. */
#ifndef BENCH_CLAIMS_CLAIMS_RUN_H
#define BENCH_CLAIMS_CLAIMS_RUN_H

#include <stdbool.h>
#include <stdio.h>

#include "bench/claims/claim.h"

struct claims_request {
	const struct claim *only[64]; /* empty: all claims */
	size_t nr;
	bool quick, json;
	const char *plots; /* directory to draw C2's curve into; NULL: draw none */
};

/* Adds the claims listed in `ids`, e.g. "C1,C3", to a struct claims_request. Returns 0, or -1 with
 * the error set. */
int claims_request_add(void *request, const char *ids, struct error *err);

/* Lists all claims with their rules. */
void claims_list(FILE *out);

/* Prints outcomes to stdout and errors to stderr. Returns the program's exit status. */
int claims_run(const struct claims_request *request);

#endif
