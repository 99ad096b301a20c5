/* SPDX-License-Identifier: MIT */
/* The suite's checkers, weakest first. */
#ifndef BENCH_FAMILIES_CHECKERS_H
#define BENCH_FAMILIES_CHECKERS_H

enum checker {
	CHECKER_WALK,    /* one thread, whose return values are compared with the contract */
	CHECKER_AUDIT,   /* counts of operations balance, and groups end idle */
	CHECKER_WITNESS, /* holders mark their group */
	CHECKER_RACE,    /* one-shot races on fresh groups */
	CHECKER_HISTORY, /* recorded histories, checked for linearizability */
	CHECKER_EXPLORE, /* all interleavings of small scenarios, under SC and x86-TSO */
	CHECKER_C11,     /* all executions of these scenarios, under repaired C11 */
	NR_CHECKERS,
};

const char *checker_name(enum checker checker);

/* Returns what this checker counts, such as "operations". */
const char *checker_unit(enum checker checker);

#endif
