/* SPDX-License-Identifier: MIT */
/* What experiments are made of: runs of the engine, and explorations. */
#ifndef BENCH_CLAIMS_EXPERIMENT_H
#define BENCH_CLAIMS_EXPERIMENT_H

#include "bench/families/registry.h"
#include "harness/error.h"
#include "harness/explore/explore.h"
#include "harness/measure/run.h"

/* NULL with the error set. */
const struct instance *experiment_instance(const char *impl, struct error *err);

/* -- runs -- */

struct experiment_run {
	const char *family; /* NULL: ownership */
	const char *impl;
	const char *workload; /* NULL: one-shot races */
	unsigned int threads;
	unsigned int devices; /* of one group */
	enum run_check check;
	size_t history; /* CHECK_HISTORY: operations of a thread */
	uint64_t hold_ns;
	double duration; /* seconds */
};

/* One run in a process of its own. Only the fixed part of the result is there. What a check found
 * is in result->failure; -1: the run could not be. */
int experiment_run(const struct experiment_run *run, struct run_result *result, struct error *err);

/* The same of one-shot races: what came of all of them together. */
int experiment_races(const struct experiment_run *run, struct race_count *sum, struct error *err);

enum { ALL_RACES = -1 };

/* The same in `nr` runs, which share the duration: each[i] is what came of one, of `only` of
 * races[] or of all together. */
int experiment_race_runs(const struct experiment_run *run, size_t nr, int only,
    struct race_count *each, struct error *err);

/* The same of what must not fail: pairs in a second. */
int experiment_rate(const struct experiment_run *run, double *per_second, struct error *err);

/* -- explorations -- */

struct experiment_search {
	unsigned int faults; /* enum fault, of both memory models */
	uint64_t executions;
	unsigned int explorations; /* a scenario under a memory model each */
	bool exhausted;            /* all of them */
};

/* Explores the scenarios (up to NULL; NULL itself: all there are) under both memory models, in
 * about `seconds`, and adds what was found to the search, whose `exhausted` begins as true. */
int experiment_explore(const char *impl, const char *const *scenarios, bool write_once,
    double seconds, struct experiment_search *search, struct error *err);

/* The same of another family's. */
int experiment_explore_family(const char *family, const char *impl, const char *const *scenarios,
    double seconds, struct experiment_search *search, struct error *err);

#endif
