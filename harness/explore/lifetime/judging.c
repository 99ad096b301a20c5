/* SPDX-License-Identifier: MIT */
/* Judges the results of lifetime operations by spec_lifetime in harness/check/spec.c. */
#include <errno.h>

#include "harness/explore/lifetime/lifetime.h"

/* If the operation's fault is forgiven, the state is unchanged. */
static bool allows_result(struct spec_state *state, const struct op *op, unsigned int forgiven)
{
	if (spec_takes(&spec_lifetime, state, (enum spec_op)op->kind, op->owner, op->result))
		return true;
	if (op->kind != SPEC_GET && op->kind != SPEC_SERVICE_USE)
		return false;
	return forgiven & (op->result ? FAULT_REFUSAL : FAULT_GRANTED);
}

static bool knows_result(const struct op *op)
{
	if (op->kind == SPEC_GET || op->kind == SPEC_SERVICE_USE)
		return op->result == 0 || op->result == -ENODEV;
	return op->result == 0;
}

enum { R = FAULT_REFUSAL, G = FAULT_GRANTED };

const struct judging lifetime_judging = {
    .allows = allows_result,
    .knows = knows_result,
    .rows = {{0, 0, false}, {R, R, false}, {G, G, false}, {R | G, R | G, true}},
    .otherwise = FAULT_RESULT,
};
