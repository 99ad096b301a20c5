/* SPDX-License-Identifier: MIT */
/* Judges touches and their results by spec_configure in harness/check/spec.c. */
#include "harness/explore/configure/configure.h"

/* If the operation's fault is forgiven, the state is unchanged. */
static bool allows_result(struct spec_state *state, const struct op *op, unsigned int forgiven)
{
	if (spec_takes(&spec_configure, state, (enum spec_op)op->kind, 0, op->result))
		return true;
	return forgiven & (op->result ? FAULT_TWO_STATES : FAULT_INCOMPLETE);
}

static bool knows_result(const struct op *op)
{
	return op->result >= 0;
}

enum { I = FAULT_INCOMPLETE, T = FAULT_TWO_STATES };

const struct judging configure_judging = {
    .allows = allows_result,
    .knows = knows_result,
    .rows = {{0, 0, false}, {I, I, false}, {T, T, false}, {I | T, I | T, true}},
    .otherwise = FAULT_RESULT,
};
