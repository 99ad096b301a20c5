/* SPDX-License-Identifier: MIT */
/* Applies the suite's checkers, weakest first, to one implementation within a time budget. */
#ifndef BENCH_VERIFICATION_VERIFY_H
#define BENCH_VERIFICATION_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "bench/families/checkers.h"
#include "bench/families/registry.h"
#include "harness/check/hang_traces.h"
#include "harness/check/lockorder.h"
#include "harness/error.h"
#include "harness/explore/generate.h"
#include "harness/explore/machine_state.h"

struct finding {
	bool ran;
	uint64_t amount;       /* number of operations, trials or executions checked */
	double seconds;        /* time spent on them */
	enum impl_class found; /* the best class that the findings allow */
	double caught;         /* seconds until the first fault that counts as caught; 0: none */
	char text[256];        /* description of the worst fault */
	/* Call traces of the threads if it hung, see hang_traces(); otherwise empty. */
	char hung[HANG_TRACES_MAX];
};

/* The explorations under one memory model: of each scenario, then of generated programs. */
struct explored_model {
	uint64_t explored;              /* mask of the family's scenarios that were explored */
	uint64_t exhausted;             /* those of them that were explored completely */
	uint64_t programs;              /* number of generated programs explored */
	struct program_bounds complete; /* sizes up to which all programs were exhausted */
	enum impl_class found;          /* the best class that the findings allow */
};

enum { MAX_SCENARIOS = 64 }; /* bits of the masks above */

struct verdict {
	const struct instance *instance;
	struct finding by[NR_CHECKERS];
	struct explored_model models[NR_MEMORY_MODELS];
	struct lockorder locks; /* lock orders of all explorations */
	const char *unseen;     /* why the implementation is not explored, or NULL */
	struct error failed;    /* why not all checks could run; "" if all did */
};

struct verify_limits {
	double seconds; /* budget for all checkers together */
	enum impl_class
	    caught;            /* a fault counts as caught if it leaves this class or a worse one */
	bool first;            /* stop each checker at the first fault that counts */
	unsigned int checkers; /* a bit for each checker that is applied; 0: all */
	uint64_t executions;   /* limit of each exploration, in place of `seconds`; 0: none */
};

/* The generated programs' share of the exploration's time. They also get what scenarios leave. */
static const double VERIFY_PROGRAMS_PART = 0.2;

/* Applies the checkers to an implementation. Returns 0 with the findings in *verdict, or -1 with
 * the error set if the implementation cannot be run here. */
int verify_implementation(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err);

/* The first step of verify_implementation(): applies all checkers but the explorer. The others are
 * explore_scenarios() and explore_generated(), see explorations.h. */
int verify_runs(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err);

/* Return the best class that all findings allow: by real time, and by C11's happens-before. */
enum impl_class verdict_class(const struct verdict *verdict);
enum impl_class verdict_class_by_c11(const struct verdict *verdict);

/* Returns the sizes up to which all programs were exhausted under every memory model. */
struct program_bounds verdict_complete(const struct verdict *verdict);

/* Returns whether a fault that the implementation declares was not found. */
bool verdict_missed(const struct verdict *verdict);

#endif
