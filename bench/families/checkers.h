/* SPDX-License-Identifier: MIT */
/* The suite's checkers, weakest first. */
#ifndef BENCH_FAMILIES_CHECKERS_H
#define BENCH_FAMILIES_CHECKERS_H

enum checker {
	CHECKER_WALK,    /* one thread, each result compared with the rules' table */
	CHECKER_AUDIT,   /* tallies balance, and groups are idle at the end */
	CHECKER_WITNESS, /* holders mark their group */
	CHECKER_RACE,    /* one-shot races on fresh groups */
	CHECKER_HISTORY, /* recorded histories, checked for linearizability */
	CHECKER_EXPLORE, /* all interleavings of small scenarios */
	NR_CHECKERS,
};

const char *checker_name(enum checker checker);

/* Returns what a checker's amounts count. */
const char *checker_unit(enum checker checker);

#endif
