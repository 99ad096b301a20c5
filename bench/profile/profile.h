/* SPDX-License-Identifier: MIT */
/* Performs one run under perf, and prints what perf found. */
#ifndef BENCH_PROFILE_PROFILE_H
#define BENCH_PROFILE_PROFILE_H

#include "bench/sweep/run_options.h"

enum profile_mode { PROFILE_RECORD, PROFILE_STAT, PROFILE_C2C };
enum profile_call_graph { CALL_GRAPH_DWARF, CALL_GRAPH_FRAME_POINTERS };

struct profile {
	struct run_options run; /* must be first, because options of `ownbench run` set its fields;
	                           run.out is the profile's directory */
	enum profile_mode mode;
	const char *event;  /* in perf's syntax; NULL: depends on the machine */
	uint64_t frequency; /* samples per second; 0: depends on the number of CPUs */
	enum profile_call_graph call_graph;
	bool flamegraph;

	/* The fields below are set by profile_choose_event(). */
	char chosen[256];
	const char *note; /* remark on the chosen event; "" if none */
};

/* Checks that the options can be combined. Returns 0, or -1 with the error set. */
int profile_check(const struct profile *profile, struct error *err);

/* Stores the path of the profile's file `name` in `path`, which has PATH_MAX bytes. */
void profile_path(const struct profile *profile, const char *name, char *path);

/* Profiles the run into a new directory. Returns an exit status; the error is set unless that is
 * EXIT_OK. */
int profile_run(struct profile *profile, const struct plan_run *run, struct error *err);

#endif
