/* SPDX-License-Identifier: MIT */
/* The specification as the judge asks it: may the operation have had its result? */
#ifndef EXPLORE_SPEC_H
#define EXPLORE_SPEC_H

#include <errno.h>

#include "harness/check/spec.h"
#include "harness/explore/machine.h"

/* How much is forgiven. */
struct leniency {
	bool query;    /* claimed() may say anything */
	bool refusal;  /* -EBUSY and -EPERM at any time */
	bool unpaired; /* a paired release that reported counts as done */
};

/* Whether the operation may have had its result in that state, which then changes. */
bool spec_allows(struct spec_state *s, const struct op *op, struct leniency lenient);

/* Whether any state could give this result. */
bool spec_knows(const struct op *op);

#endif
