/* SPDX-License-Identifier: MIT */
#include "harness/explore/spec.h"

static bool refused(const struct op *op)
{
	return op->result == -EBUSY || op->result == -EPERM;
}

static bool take(struct spec_state *s, unsigned int owner)
{
	s->owner = owner;
	s->cnt++;
	return true;
}

static bool drop(struct spec_state *s, unsigned int n)
{
	s->cnt -= n;
	if (!s->cnt)
		s->owner = 0;
	return true;
}

static bool take_step(struct spec_state *s, const struct op *op, bool free, struct leniency lenient)
{
	if (refused(op))
		return !free || lenient.refusal;
	return free && take(s, op->owner);
}

static bool drop_step(struct spec_state *s, const struct op *op, bool held, unsigned int n,
    struct leniency lenient)
{
	if (op->result == -EINVAL && !lenient.unpaired)
		return !held;
	return held && drop(s, n);
}

bool spec_allows(struct spec_state *s, const struct op *op, struct leniency lenient)
{
	bool user = s->cnt && s->owner, kernel = s->cnt && !s->owner;

	switch ((enum op_kind)op->kind) {
	case OP_USE:
		return take_step(s, op, !user, lenient);
	case OP_CLAIM:
		return take_step(s, op, !s->cnt, lenient);
	case OP_DEVICE_CLAIM:
		return take_step(s, op, !s->cnt || (user && s->owner == op->owner), lenient);
	case OP_UNUSE:
		return drop_step(s, op, kernel, 1, lenient);
	case OP_RELEASE:
		return drop_step(s, op, user, s->cnt, lenient);
	case OP_DEVICE_RELEASE:
		return drop_step(s, op, user, 1, lenient);
	case OP_CLAIMED:
		return lenient.query || op->result == (s->cnt > 0);
	}
	return false;
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
