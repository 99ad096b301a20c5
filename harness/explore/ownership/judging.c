/* SPDX-License-Identifier: MIT */
/* Judges the results of ownership operations by spec_ownership in harness/check/spec.c. */
#include <errno.h>

#include "harness/explore/ownership/ownership.h"

static bool is_forgiven(const struct op *op, int expected, unsigned int faults)
{
	if (op->result == -EBUSY || op->result == -EPERM)
		return faults & FAULT_REFUSAL;
	if (op->kind == SPEC_CLAIMED)
		return faults & FAULT_QUERY;
	return op->result == -EINVAL && !expected && faults & FAULT_UNPAIRED;
}

/* If forgiven, a refusal leaves the state unchanged, and a release takes effect. */
static bool allows_result(struct spec_state *s, const struct op *op, unsigned int faults)
{
	struct spec_state after = *s;
	int expected = spec_step(&after, (enum spec_op)op->kind, op->owner);

	if (op->result != expected && !is_forgiven(op, expected, faults))
		return false;
	if (op->result == expected || op->result == -EINVAL)
		*s = after;
	return true;
}

static bool knows_result(const struct op *op)
{
	switch ((enum spec_op)op->kind) {
	case SPEC_USE:
		return op->result == 0 || op->result == -EBUSY;
	case SPEC_GROUP_CLAIM:
	case SPEC_DEVICE_CLAIM:
		return op->result == 0 || op->result == -EPERM;
	case SPEC_UNUSE:
	case SPEC_GROUP_RELEASE:
	case SPEC_DEVICE_RELEASE:
		return op->result == 0 || op->result == -EINVAL;
	case SPEC_CLAIMED:
		return op->result == 0 || op->result == 1;
	default:
		return false;
	}
}

enum { Q = FAULT_QUERY, R = FAULT_REFUSAL, U = FAULT_UNPAIRED };

const struct judging ownership_judging = {
    .allows = allows_result,
    .knows = knows_result,
    .n_results = 5,
    .results = {0, 1, -EBUSY, -EPERM, -EINVAL},
    .rows = {{0, 0, false}, {Q, Q, false}, {Q | R, R, false}, {Q | U, U, false},
	{Q | R | U, R | U, true}},
    .otherwise = FAULT_CONFLICT,
};

enum impl_class ownership_class(unsigned int faults)
{
	if (faults & ~(unsigned int)(FAULT_LEAK | FAULT_REFUSAL | FAULT_QUERY))
		return CLASS_UNSAFE;
	if (faults & FAULT_LEAK)
		return CLASS_LEAKY;
	return faults & FAULT_REFUSAL ? CLASS_CAUTIOUS : CLASS_EXACT;
}
