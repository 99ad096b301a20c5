/* SPDX-License-Identifier: MIT */
/* The rule that decides whether two designs or two sweeps differ. All reports use it. */
#ifndef HARNESS_STATS_JUDGE_H
#define HARNESS_STATS_JUDGE_H

#include <stddef.h>

#include "harness/stats/ratio.h"

enum difference {
	DIFFERENCE_MORE,       /* A is greater: the simultaneous interval of A/B lies above 1 */
	DIFFERENCE_LESS,       /* A is smaller: the simultaneous interval of A/B lies below 1 */
	DIFFERENCE_EQUAL,      /* a difference that matters is ruled out */
	DIFFERENCE_UNRESOLVED, /* the interval allows both no difference and one that matters */
	DIFFERENCE_TOO_FEW,    /* there are too few rounds for a simultaneous interval */
};

struct judgement {
	enum difference difference;
	double matters;     /* the smallest difference that matters, 0.05 */
	double resolves;    /* UNRESOLVED: smaller differences are not resolved, 0.65 */
	size_t more_rounds; /* UNRESOLVED, TOO_FEW: estimated number of missing rounds */
};

/* Judges A/B. The result is MORE or LESS if the simultaneous interval excludes 1. Otherwise it is
 * EQUAL if the 95% interval lies between 1 / (1 + matters) and 1 + matters. Otherwise it is
 * UNRESOLVED, or TOO_FEW if there is no simultaneous interval. */
struct judgement judge_ratio(const struct round_ratio *ratio, double matters);

/* Returns `more` or `less` ("faster", "slower"), "no difference", or "cannot tell: differences
 * below 65% are not resolved here; about 400 more rounds would resolve 5%". */
struct judgement_text {
	char s[192];
} judgement_text(const struct judgement *judgement, const char *more, const char *less);

#endif
