/* SPDX-License-Identifier: MIT */
/* The rule by which two designs, or two sweeps, count as different. All reports use it. */
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
	double resolves;    /* UNRESOLVED: differences below this, 0.65, are unresolved */
	size_t more_rounds; /* UNRESOLVED, TOO_FEW: estimate of the rounds missing */
};

/*
 * Judges A/B. MORE or LESS if the simultaneous interval excludes 1. Otherwise EQUAL if the 95%
 * interval lies between 1 / (1 + matters) and 1 + matters. Otherwise UNRESOLVED, or TOO_FEW if
 * there is no simultaneous interval.
 */
struct judgement judge_ratio(const struct round_ratio *ratio, double matters);

/* Returns `more` or `less` ("faster", "slower"), "no difference", or "cannot tell: differences
 * below 65% are not resolved here; about 400 more rounds would resolve 5%". */
struct judgement_text {
	char s[192];
} judgement_text(const struct judgement *judgement, const char *more, const char *less);

#endif
