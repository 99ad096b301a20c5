/* SPDX-License-Identifier: MIT */
/* Explorations of implementations in scenarios, as `ownbench explore` asks for them. */
#ifndef BENCH_EXPLORATION_EXPLORATION_H
#define BENCH_EXPLORATION_EXPLORATION_H

#include <stdbool.h>

#include "bench/families/families.h"
#include "harness/explore/explore.h"

enum { ALL_MODELS = MODEL_TSO + 1 };

struct exploration_request {
	const struct bench_family *family;
	const char *impl, *scenario; /* or "all" */
	const char *save;            /* file for the worst counterexample; NULL: none */
	int model;                   /* enum memory_model, or ALL_MODELS */
	uint64_t processes;
	uint64_t max_executions, spin; /* 0: no limit; by default */
	double budget;                 /* seconds for each exploration; 0: no limit */
	bool no_reduction, write_once;
};

/* Whether all that is named can be explored. Returns 0, or -1 with the error set. */
int exploration_check(const struct exploration_request *request, struct error *err);

/* Prints each exploration to stdout, and errors to stderr. Returns the exit status. */
int exploration_run(const struct exploration_request *request);

/* Prints what can be explored. `only`: NULL, of all families. */
void exploration_list(const struct bench_family *only);

/* "leak,lock-order" */
void exploration_print_faults(unsigned int faults);

/* Prints the counterexample in a file step by step. Returns the exit status, or -1 with the error
 * set. */
int exploration_replay(const char *path, struct error *err);

#endif
