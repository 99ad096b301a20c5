/* SPDX-License-Identifier: MIT */
/* The options of `ownbench run`. */
#ifndef BENCH_RUN_OPTIONS_H
#define BENCH_RUN_OPTIONS_H

#include "bench/gbench_shim.h"
#include "bench/options.h"
#include "bench/plan.h"

struct run_options {
	struct plan_request request;
	uint64_t repetitions;
	double timeout; /* seconds for one run; 0: by its duration */
	char *out;      /* directory; NULL: made from the time */
	char *resume;   /* directory of a sweep that goes on, or NULL */
	bool show_plan; /* and run nothing */

	/* Google Benchmark's options that must know our plan, and the rest for itself. */
	char *filter;
	bool list_runs;
	bool show_all;        /* repetitions on the console */
	bool aggregates_only; /* in gbench_out */
	char *gbench_out;
	enum gbench_format gbench_format;
	char **gbench_argv;
	int gbench_argc;
};

extern const struct command run_command;

/* What counts where nothing is asked for, with nothing to be freed and no events to be counted. */
struct run_options run_options_default(void);

/* PARSED, or the exit status. Free them in any case. */
int run_options_parse(struct run_options *run, int argc, char **argv);
void run_options_free(struct run_options *run);

#endif
