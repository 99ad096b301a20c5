/* SPDX-License-Identifier: MIT */
#include "harness/explore/spec.h"

static bool forgiven(const struct op *op, int answer, struct leniency lenient)
{
	if (op->result == -EBUSY || op->result == -EPERM)
		return lenient.refusal;
	if (op->kind == OP_CLAIMED)
		return lenient.query;
	return op->result == -EINVAL && !answer && lenient.unpaired;
}

/* A refusal that is forgiven changes nothing; a release counts as done. */
bool spec_allows(struct spec_state *s, const struct op *op, struct leniency lenient)
{
	static const enum spec_op kinds[] = {
	    [OP_USE] = SPEC_USE,
	    [OP_UNUSE] = SPEC_UNUSE,
	    [OP_CLAIM] = SPEC_GROUP_CLAIM,
	    [OP_RELEASE] = SPEC_GROUP_RELEASE,
	    [OP_DEVICE_CLAIM] = SPEC_DEVICE_CLAIM,
	    [OP_DEVICE_RELEASE] = SPEC_DEVICE_RELEASE,
	    [OP_CLAIMED] = SPEC_CLAIMED,
	};
	struct spec_state after = *s;
	int answer = spec_step(&after, kinds[op->kind], op->owner);

	if (op->result != answer && !forgiven(op, answer, lenient))
		return false;
	if (op->result == answer || op->result == -EINVAL)
		*s = after;
	return true;
}

bool spec_knows(const struct op *op)
{
	switch ((enum op_kind)op->kind) {
	case OP_USE:
		return op->result == 0 || op->result == -EBUSY;
	case OP_CLAIM:
	case OP_DEVICE_CLAIM:
		return op->result == 0 || op->result == -EPERM;
	case OP_UNUSE:
	case OP_RELEASE:
	case OP_DEVICE_RELEASE:
		return op->result == 0 || op->result == -EINVAL;
	case OP_CLAIMED:
		return op->result == 0 || op->result == 1;
	}
	return false;
}
