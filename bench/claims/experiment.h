/* SPDX-License-Identifier: MIT */
/* Building blocks of experiments: measured runs, and explorations. */
#ifndef BENCH_CLAIMS_EXPERIMENT_H
#define BENCH_CLAIMS_EXPERIMENT_H

#include "bench/families/registry.h"
#include "harness/error.h"
#include "harness/explore/explore.h"
#include "harness/measure/run.h"

/* Returns the implementation with the name `impl`, or NULL with the error set. */
const struct instance *experiment_instance(const char *impl, struct error *err);

/* -- runs -- */

struct experiment_run {
	const char *family; /* NULL: ownership */
	const char *impl;
	const char *workload; /* NULL: one-shot races */
	unsigned int threads;
	unsigned int devices; /* devices in one group */
	enum run_check check;
	size_t history; /* with CHECK_HISTORY: operations to record per thread */
	uint64_t hold_ns;
	double duration; /* seconds */
};

/* Performs one run in a process of its own. Fills in only the fixed-size part of the result. If a
 * check found a fault, result->failure describes it. Returns 0, or -1 with the error set if the run
 * could not be performed. */
int experiment_run(const struct experiment_run *run, struct run_result *result, struct error *err);

/* Runs one-shot races. Returns 0 with the sum over all kinds of race, or -1 with the error set. */
int experiment_races(const struct experiment_run *run, struct race_count *sum, struct error *err);

enum { ALL_RACES = -1 };

/* Runs one-shot races in `nr` runs that share the duration. Stores the counts of run i in each[i].
 * `only` is an index into races[], or ALL_RACES for the sum over all of them. Returns 0, or -1 with
 * the error set. */
int experiment_race_runs(const struct experiment_run *run, size_t nr, int only,
    struct race_count *each, struct error *err);

/* Performs a run and stores its pairs of probe and remove per second in *per_second. Returns 0, or
 * -1 with the error set if the run failed, or if a check found a fault. */
int experiment_rate(const struct experiment_run *run, double *per_second, struct error *err);

/* -- explorations -- */

struct experiment_search {
	unsigned int faults; /* bits of enum fault, over all searches */
	uint64_t executions;
	unsigned int explorations; /* number of searches, one for each scenario and memory model */
	bool exhausted;            /* all searches were exhausted */
};

/* Explores scenarios under SC and TSO for about `seconds`, and adds the findings to *search.
 * `scenarios` ends with NULL; if it is NULL itself, all scenarios are explored. The caller must set
 * search->exhausted to true first. Returns 0, or -1 with the error set. */
int experiment_explore(const char *impl, const char *const *scenarios, bool write_once,
    double seconds, struct experiment_search *search, struct error *err);

/* Like experiment_explore(), for an implementation of another family. */
int experiment_explore_family(const char *family, const char *impl, const char *const *scenarios,
    double seconds, struct experiment_search *search, struct error *err);

#endif
