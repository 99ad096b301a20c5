/* SPDX-License-Identifier: MIT */
/* The options of `ownbench run`. */
#ifndef BENCH_SWEEP_RUN_OPTIONS_H
#define BENCH_SWEEP_RUN_OPTIONS_H

#include "bench/options/options.h"
#include "bench/sweep/gbench_shim.h"
#include "bench/sweep/plan.h"

/* The kind of output on stdout. */
enum run_display {
	DISPLAY_TABLES,       /* tables of ownbench */
	DISPLAY_ROWS,         /* Google Benchmark's console rows, then the tables of ownbench */
	DISPLAY_FOR_PROGRAMS, /* only Google Benchmark's JSON or CSV */
};

enum { REPETITIONS_MAX = 1000 };
#define DURATION_MIN 0.001  /* seconds */
#define SECONDS_MAX 86400.0 /* one day */

#define ORDER_SEED_DRAWN UINT64_MAX

struct run_options {
	struct plan_request request;
	int check;        /* enum run_check, or CHECK_KINDS for --check=race */
	double precision; /* how far each ratio's interval may extend to either side, e.g. 0.05 */
	double budget;    /* seconds that the rounds may take */
	uint64_t repetitions; /* number of rounds; 0: as many as the precision needs */
	uint64_t order_seed;  /* seed of the order of measurement, or ORDER_SEED_DRAWN */
	double timeout;  /* seconds after which a run is given up; 0: derived from its duration */
	const char *out; /* directory to create; NULL: named by the current time */
	const char *resume; /* directory of the sweep to resume, or NULL */
	bool show_plan;     /* print the plan and run nothing */

	/* Options of Google Benchmark. Those that concern the plan have fields here; gbench_argv
	 * has the rest. */
	const char *filter;
	bool list_runs;
	enum run_display display;
	bool show_all;        /* show single repetitions on the console */
	bool aggregates_only; /* applies to gbench_out */
	const char *gbench_out;
	enum gbench_format gbench_format;
	char **gbench_argv;
	int gbench_argc;
};

extern const struct command run_command;

/* Returns default options. They have no events to count and no goal: precision and budget are 0. */
struct run_options run_options_default(void);

/* Parses the command line. Returns PARSED or an exit status. The caller must free the options in
 * either case. */
int run_options_parse(struct run_options *run, int argc, char **argv);
void run_options_free(struct run_options *run);

#endif
