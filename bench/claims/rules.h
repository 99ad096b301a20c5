/* SPDX-License-Identifier: MIT */
/* How verdicts follow from figures. Pure functions: what a claim's `rule` says in words. */
#ifndef BENCH_CLAIMS_RULES_H
#define BENCH_CLAIMS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/stats/interval.h"

enum claim_verdict {
	CLAIM_CONFIRMED,
	CLAIM_REFUTED,
	CLAIM_BOUNDARY,  /* it turns somewhere */
	CLAIM_UNDECIDED, /* on this machine */
	NR_CLAIM_VERDICTS,
};

const char *claim_verdict_name(enum claim_verdict verdict);

/* One witness settles it as `found`; none settles it as `none` if the search was complete. */
enum claim_verdict rule_witness(
    uint64_t witnesses, bool complete, enum claim_verdict found, enum claim_verdict none);

/* The ratio is 1 give or take `tolerance` (0.1): confirmed if all of the interval is, refuted if
 * nothing of it is. */
enum claim_verdict rule_equal(struct interval ratio, double tolerance);

/* Confirmed if all of the interval is above the limit, refuted if nothing of it is. */
enum claim_verdict rule_above(struct interval figure, double limit);

/*
 * Whether a ratio stays below the limit along an axis. Confirmed: all of the intervals are below.
 * Refuted: all are above from the first point on. Boundary: from *first on all are above, and the
 * ones before are not. Else undecided.
 */
enum claim_verdict rule_stays_below(
    const struct interval *ratio, size_t nr, double limit, size_t *first);

/* Of the first `nr` points, how many come up to the last that has all of its interval below the
 * limit; 0: none has. What lies between that and the first of a boundary cannot be told. */
size_t rule_last_below(const struct interval *ratio, size_t nr, double limit);

/* `nr` of `all` cases agree with the claim: confirmed if all do, refuted if none, else a boundary.
 */
enum claim_verdict rule_part(unsigned int nr, unsigned int all);

/* What breaks the one and not the other speaks for the other. Refuted: nothing breaks `these`;
 * confirmed: something does, and nothing breaks `those`; boundary: something breaks each. */
enum claim_verdict rule_breaks(unsigned int these, unsigned int those);

/* Where two costs break even, on an axis from `least` to `most`: confirmed if it is below, refuted
 * if it is above, else a boundary. Undecided where the cost may be nothing. */
enum claim_verdict rule_break_even(struct interval at, double least, double most);

#endif
