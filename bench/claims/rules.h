/* SPDX-License-Identifier: MIT */
/* Pure functions that derive verdicts from figures. They implement what a claim's `rule` states
 * in words. */
#ifndef BENCH_CLAIMS_RULES_H
#define BENCH_CLAIMS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/stats/interval.h"

enum claim_verdict {
	CLAIM_CONFIRMED,
	CLAIM_REFUTED,
	CLAIM_BOUNDARY,  /* the claim holds on one side of a boundary only */
	CLAIM_UNDECIDED, /* the claim cannot be decided on this machine */
	NR_CLAIM_VERDICTS,
};

const char *claim_verdict_name(enum claim_verdict verdict);

/* One witness gives the verdict `found`. Without a witness the verdict is `none` if the search was
 * complete, otherwise undecided. */
enum claim_verdict rule_witness(
    uint64_t witnesses, bool complete, enum claim_verdict found, enum claim_verdict none);

/* Tests whether a ratio is 1 within `tolerance`, e.g. 0.1 for 10%. Confirmed if the whole interval
 * is within the tolerance, refuted if the whole interval is outside, otherwise undecided. */
enum claim_verdict rule_equal(struct interval ratio, double tolerance);

/* Tests whether a figure is above a limit. Confirmed if the whole interval is above it, refuted if
 * none of the interval is, otherwise undecided. */
enum claim_verdict rule_above(struct interval figure, double limit);

/* Tests whether a ratio stays below the limit along an axis. Confirmed: all intervals are below.
 * Refuted: all intervals are above. Boundary: all intervals are above at point *first, which is not
 * the first, and at all later points. Otherwise undecided. */
enum claim_verdict rule_stays_below(
    const struct interval *ratio, size_t nr, double limit, size_t *first);

/* Returns 1 plus the index of the last of `nr` points whose whole interval is below the limit, or 0
 * if there is none. Points between it and a boundary's *first are undecided. */
size_t rule_last_below(const struct interval *ratio, size_t nr, double limit);

/* `nr` of `all` cases agree with the claim. Confirmed if all do, refuted if none does, otherwise
 * a boundary. */
enum claim_verdict rule_part(unsigned int nr, unsigned int all);

/* Compares two designs by the number of cases that break each: `these` break the first, `those` the
 * second. Refuted if nothing breaks the first, confirmed if only the first breaks, a boundary if
 * both do. */
enum claim_verdict rule_breaks(unsigned int these, unsigned int those);

/* Tests whether two costs break even below the range `least` to `most` (confirmed), above it
 * (refuted) or within it (a boundary), by the interval `at`. Undecided if the cost may be zero. */
enum claim_verdict rule_break_even(struct interval at, double least, double most);

#endif
