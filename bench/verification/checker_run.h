/* SPDX-License-Identifier: MIT */
/* What all checkers have in common: when they end, and how they record what they find. */
#ifndef BENCH_VERIFICATION_CHECKER_RUN_H
#define BENCH_VERIFICATION_CHECKER_RUN_H

#include "bench/verification/verify.h"

/* The state of one checker while it checks one implementation. */
struct checker_run {
	enum checker checker;
	const struct verify_limits *limits;
	uint64_t start_ns;
	struct finding *finding;
};

/* Returns the time since the checker's start. */
double checker_seconds(const struct checker_run *check);

/* Returns whether the checker must not go on: it is not wanted, has seen a hang, or has found
 * enough. */
bool checker_is_over(const struct checker_run *check);

/* Records a hang, unless `hung` is empty. The checker then ends, because its further runs would
 * hang, too. */
void checker_note_hang(const struct checker_run *check, const char *hung);

/* Records a fault that was found after `after` seconds. `found` is the best class that it
 * allows. */
void checker_note_fault(
    const struct checker_run *check, enum impl_class found, double after, const char *text);

#endif
