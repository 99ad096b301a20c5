/* SPDX-License-Identifier: MIT */
/* The one rule that says whether two designs, or two sweeps, are told apart. */
#ifndef HARNESS_STATS_JUDGE_H
#define HARNESS_STATS_JUDGE_H

#include <stddef.h>

#include "harness/stats/ratio.h"

enum told {
	TOLD_MORE,       /* A is more than B, */
	TOLD_LESS,       /* or less: the simultaneous interval of A over B excludes 1 */
	TOLD_EQUAL,      /* a difference of the size that matters is ruled out */
	TOLD_UNRESOLVED, /* neither */
	TOLD_TOO_FEW,    /* rounds for a simultaneous interval */
};

struct judgement {
	enum told told;
	double matters;     /* the size of a difference that matters, 0.05 */
	double resolves;    /* TOLD_UNRESOLVED: differences below this, 0.65, are not resolved */
	size_t more_rounds; /* TOLD_UNRESOLVED, TOLD_TOO_FEW: how many would change that, about */
};

/*
 * MORE or LESS if the simultaneous interval excludes 1. Else EQUAL if the 95% interval lies within
 * 1 / (1 + matters) and 1 + matters. Else UNRESOLVED, or TOO_FEW.
 */
struct judgement judge_ratio(const struct round_ratio *ratio, double matters);

/* "faster", "no difference", or "cannot tell: differences below 65% are not resolved here; about
 * 400 more rounds would resolve 5%". `more` and `less` are the words for A: "faster", "slower". */
struct judgement_text {
	char s[192];
} judgement_text(const struct judgement *judgement, const char *more, const char *less);

#endif
