/* SPDX-License-Identifier: MIT */
/* The table of group ownership (README, "The problem") as a state machine: what each operation
 * answers in each state. Everything that judges answers asks here. */
#ifndef HARNESS_CHECK_SPEC_H
#define HARNESS_CHECK_SPEC_H

enum spec_op {
	SPEC_USE,
	SPEC_UNUSE,
	SPEC_GROUP_CLAIM,
	SPEC_GROUP_RELEASE,
	SPEC_DEVICE_CLAIM,
	SPEC_DEVICE_RELEASE,
	SPEC_CLAIMED,
	SPEC_OPS,
};

/* Idle: {0, 0}. */
struct spec_state {
	unsigned int cnt;
	unsigned int owner; /* 0: none, or the kernel */
};

/* Carries the operation out and returns what it answers: 0 or a negative errno, for SPEC_CLAIMED 0
 * or 1. `owner` (0: NULL) is only looked at by the two claims. */
int spec_step(struct spec_state *state, enum spec_op op, unsigned int owner);

#endif
