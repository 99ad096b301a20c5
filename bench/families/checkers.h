/* SPDX-License-Identifier: MIT */
/* The suite's checkers, weakest first. */
#ifndef BENCH_FAMILIES_CHECKERS_H
#define BENCH_FAMILIES_CHECKERS_H

enum checker {
	CHECKER_WALK,    /* one thread; every return value is compared with the contract */
	CHECKER_AUDIT,   /* tallies balance, and groups are idle at the end */
	CHECKER_WITNESS, /* holders mark their group */
	CHECKER_RACE,    /* one-shot races on fresh groups */
	CHECKER_HISTORY, /* recorded histories, checked for linearizability */
	CHECKER_EXPLORE, /* all interleavings of small scenarios, on x86 */
	CHECKER_C11,     /* all executions of these scenarios that C11 allows */
	NR_CHECKERS,
};

const char *checker_name(enum checker checker);

/* Returns what this checker counts, such as "operations". */
const char *checker_unit(enum checker checker);

#endif
