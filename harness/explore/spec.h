/* SPDX-License-Identifier: MIT */
/* The table of DESIGN.md section 1 as a state machine. */
#ifndef EXPLORE_SPEC_H
#define EXPLORE_SPEC_H

#include <errno.h>

#include "harness/explore/machine.h"

struct spec_state {
	unsigned int cnt, owner; /* owner 0: none or the kernel */
};

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
