/* SPDX-License-Identifier: MIT */
/* Explores implementations in scenarios, for `ownbench explore`. */
#ifndef BENCH_EXPLORATION_EXPLORATION_H
#define BENCH_EXPLORATION_EXPLORATION_H

#include <stdbool.h>

#include "bench/families/families.h"
#include "harness/explore/explore.h"

enum { ALL_MODELS = NR_MEMORY_MODELS };

struct exploration_request {
	const struct bench_family *family;
	const char *impl;               /* a name, or "all" */
	const char *scenario;           /* a name, a program, or "all" */
	struct program_bounds generate; /* if not empty, explore generated programs instead */
	const char *save;               /* the file for the worst counterexample, or NULL */
	int model;                      /* enum memory_model, or ALL_MODELS */
	uint64_t processes;
	uint64_t max_executions, spin; /* 0: no limit and the explorer's default, respectively */
	double budget;                 /* seconds for each exploration; 0: no limit */
	bool no_reduction, write_once;
};

/* Adds the value of --generate to the struct program_bounds `field`. Returns 0, or -1 with the
 * error set. */
int exploration_bounds_option(void *field, const char *value, struct error *err);

/* Checks that the request's implementation and scenario can be explored. Returns 0, or -1 with the
 * error set. */
int exploration_check(const struct exploration_request *request, struct error *err);

/* Performs the explorations of a request. Prints results on stdout and errors on stderr. Returns
 * the exit status. */
int exploration_run(const struct exploration_request *request);

/* Prints the implementations and scenarios of this family, or of all families if `only` is NULL. */
void exploration_list(const struct bench_family *only);

/* Prints the names of the faults whose bits are set, such as "leak,lock-order". */
void exploration_print_faults(unsigned int faults);

/* Prints the counterexample of this file step by step. Returns the exit status, or -1 with the
 * error set. */
int exploration_replay(const char *path, struct error *err);

/* Prints which final states each requested model allows for the litmus test in this file. Returns
 * the exit status, or -1 with the error set. */
int exploration_litmus(
    const struct exploration_request *request, const char *path, struct error *err);

/* Returns whether the request asks for this memory model. */
static inline bool exploration_has_model(const struct exploration_request *request, int model)
{
	return request->model == model || request->model == ALL_MODELS;
}

#endif
