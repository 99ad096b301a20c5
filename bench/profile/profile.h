/* SPDX-License-Identifier: MIT */
/* One run under perf, and what perf found, as text. */
#ifndef BENCH_PROFILE_PROFILE_H
#define BENCH_PROFILE_PROFILE_H

#include "bench/sweep/run_options.h"

enum profile_mode { PROFILE_RECORD, PROFILE_STAT, PROFILE_C2C };
enum profile_call_graph { CALL_GRAPH_DWARF, CALL_GRAPH_FRAME_POINTERS };

struct profile {
	struct run_options run; /* first, so that the options of 'run' set it; out: the directory */
	enum profile_mode mode;
	const char *event;  /* as perf has it; NULL: chosen by the machine */
	uint64_t frequency; /* 0: chosen by the number of CPUs */
	enum profile_call_graph call_graph;
	bool flamegraph;

	/* By profile_choose_event(). */
	char chosen[256];
	const char *note; /* what to know of it; "" nothing */
};

/* Whether the options go together. 0, or -1 with the error set. */
int profile_check(const struct profile *profile, struct error *err);

/* The path of a file in the directory, which is of PATH_MAX bytes. */
void profile_path(const struct profile *profile, const char *name, char *path);

/* Runs it in a new directory. Returns an exit status; the error is set unless it is EXIT_OK. */
int profile_run(struct profile *profile, const struct plan_run *run, struct error *err);

#endif
