/* SPDX-License-Identifier: MIT */
/*
 * Judges the operations of one execution against the specification, harness/check/spec.h.
 *
 * The reduction runs one of many executions that differ only in the order of independent steps. All
 * of them have the same results, but not the same order in real time: an operation may have ended
 * before another began in some of them. So the judge is given the partial order of the calls and
 * returns, and looks at every order in real time that it allows.
 */
#ifndef EXPLORE_JUDGE_H
#define EXPLORE_JUDGE_H

#include "harness/explore/machine.h"

enum fault {
	FAULT_QUERY = 1 << 0,      /* claimed() was wrong at every moment of its call */
	FAULT_REFUSAL = 1 << 1,    /* refused while no conflicting owner held */
	FAULT_LEAK = 1 << 2,       /* owned after everyone has let go */
	FAULT_UNPAIRED = 1 << 3,   /* a paired release was reported as unpaired */
	FAULT_LOCK_ORDER = 1 << 4, /* a deadlock is possible; see harness/check/lockorder.h */
	FAULT_NOT_HELD = 1 << 5,   /* a lock that must be held is not, or one is that must not be */
	FAULT_LOST = 1 << 6,       /* held and yet free */
	FAULT_CONFLICT = 1 << 7,   /* conflicting owners held at once */
	FAULT_RESULT = 1 << 8,     /* a result that the table does not know */
	FAULT_DEADLOCK = 1 << 9,
	FAULT_UNORDERED =
	    1 << 10, /* a holder's memory was not handed over to the next, see sync.h */
};

enum { MAX_FAULTS = 11 }; /* kinds */

/* An endpoint: the call (even) or return (odd) number `at` / 2 of a thread. */
struct endpoint {
	uint8_t thread, at;
};

enum { MAX_ENDPOINTS = 2 * MAX_OPS * MAX_THREADS };

/* An order in real time that shows the fault. */
struct witness {
	int n;
	struct endpoint order[MAX_ENDPOINTS];
};

struct judge;

struct judge *judge_new(void);
void judge_free(struct judge *j);

/* The faults of the execution that the machine has just completed. `real` judges it in the order in
 * which it ran, and not in all orders that would have been the same to the threads. */
unsigned int judge_faults(struct judge *j, const struct machine *m, bool real);

/* For one of those faults. */
void judge_witness(
    struct judge *j, const struct machine *m, enum fault fault, struct witness *witness);

const char *fault_name(enum fault fault);

#endif
