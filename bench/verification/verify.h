/* SPDX-License-Identifier: MIT */
/* The checkers of the suite, weakest first, let loose on one implementation within a time budget.
 */
#ifndef BENCH_VERIFICATION_VERIFY_H
#define BENCH_VERIFICATION_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "bench/families/checkers.h"
#include "bench/families/registry.h"
#include "harness/error.h"
#include "harness/explore/machine_state.h"

struct finding {
	bool ran;
	uint64_t amount;       /* operations, trials or executions that were checked */
	double seconds;        /* spent on them */
	enum impl_class found; /* the best class that is left */
	double caught;         /* seconds until the first that counts as caught; 0: none */
	char text[256];        /* the worst fault */
};

/* The explorations under one memory model, each of a scenario. */
struct explored_model {
	unsigned int explorations;
	unsigned int exhausted; /* of these: nothing was left to try */
	enum impl_class found;  /* the best class that is left */
};

struct verdict {
	const struct instance *instance;
	struct finding by[NR_CHECKERS];
	struct explored_model models[NR_MEMORY_MODELS];
	struct error failed; /* why not all could be run; "": all was */
};

struct verify_limits {
	double seconds;         /* for all checkers together */
	enum impl_class caught; /* a fault that leaves at best this class counts as caught, */
	bool first;             /* .. and the first of each checker is enough */
};

/* 0, or -1: it cannot be run here, and why. */
int verify_implementation(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err);

/* The best class that all findings leave: by real time, and by C11's happens-before. */
enum impl_class verdict_class(const struct verdict *verdict);
enum impl_class verdict_class_by_c11(const struct verdict *verdict);

/* Whether a fault that the implementation declares was not found. */
bool verdict_missed(const struct verdict *verdict);

#endif
