/* SPDX-License-Identifier: MIT */
/* The options of `ownbench run`. */
#ifndef BENCH_SWEEP_RUN_OPTIONS_H
#define BENCH_SWEEP_RUN_OPTIONS_H

#include "bench/options/options.h"
#include "bench/sweep/gbench_shim.h"
#include "bench/sweep/plan.h"

/* What goes to stdout. */
enum run_display {
	DISPLAY_TABLES,       /* our own */
	DISPLAY_ROWS,         /* Google Benchmark's rows for a console before them */
	DISPLAY_FOR_PROGRAMS, /* its JSON or CSV, and nothing else */
};

enum { REPETITIONS_MAX = 1000 };
#define DURATION_MIN 0.001  /* seconds */
#define SECONDS_MAX 86400.0 /* a day */

#define ORDER_SEED_DRAWN UINT64_MAX

struct run_options {
	struct plan_request request;
	int check;            /* enum run_check, or CHECK_KINDS for --check=race */
	double precision;     /* 0.05: either way of every ratio to the baseline */
	double budget;        /* seconds in which to get there */
	uint64_t repetitions; /* 0: until the ratios are precise; else the number of rounds */
	uint64_t order_seed;  /* of the order in which they are measured, or ORDER_SEED_DRAWN */
	double timeout;       /* seconds for one run; 0: by its duration */
	const char *out;      /* directory; NULL: made from the time */
	const char *resume;   /* directory of a sweep that goes on, or NULL */
	bool show_plan;       /* and run nothing */

	/* Google Benchmark's options that must know our plan, and the rest for itself. */
	const char *filter;
	bool list_runs;
	enum run_display display;
	bool show_all;        /* repetitions on the console */
	bool aggregates_only; /* in gbench_out */
	const char *gbench_out;
	enum gbench_format gbench_format;
	char **gbench_argv;
	int gbench_argc;
};

extern const struct command run_command;

/* What counts where nothing is asked for, with no events to be counted. Without a goal: precision
 * and budget are 0. */
struct run_options run_options_default(void);

/* PARSED, or the exit status. Free them in any case. */
int run_options_parse(struct run_options *run, int argc, char **argv);
void run_options_free(struct run_options *run);

#endif
