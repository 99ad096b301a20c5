/* SPDX-License-Identifier: MIT */
#include "harness/check/spec.h"

#include <errno.h>
#include <stdbool.h>

static int take(struct spec_state *state, unsigned int owner)
{
	state->owner = owner;
	state->cnt++;
	return 0;
}

static int drop(struct spec_state *state, unsigned int n)
{
	state->cnt -= n;
	if (!state->cnt)
		state->owner = 0;
	return 0;
}

int spec_step(struct spec_state *state, enum spec_op op, unsigned int owner)
{
	const bool user = state->cnt && state->owner;
	const bool kernel = state->cnt && !state->owner;

	switch (op) {
	case SPEC_USE:
		return user ? -EBUSY : take(state, 0);
	case SPEC_UNUSE:
		return kernel ? drop(state, 1) : -EINVAL;
	case SPEC_GROUP_CLAIM:
		if (!owner)
			return -EINVAL;
		return state->cnt ? -EPERM : take(state, owner);
	case SPEC_GROUP_RELEASE:
		return user ? drop(state, state->cnt) : -EINVAL;
	case SPEC_DEVICE_CLAIM:
		if (!owner)
			return -EINVAL;
		return state->cnt && state->owner != owner ? -EPERM : take(state, owner);
	case SPEC_DEVICE_RELEASE:
		return user ? drop(state, 1) : -EINVAL;
	case SPEC_CLAIMED:
		return state->cnt > 0;
	case SPEC_OPS:
		break;
	}
	return -EINVAL;
}
