/* SPDX-License-Identifier: MIT */
/* The sleep set of the search by states (states.h): processes that need not move, because that
 * would only lead to states that are reached anyway. */
#ifndef EXPLORE_SLEEPERS_H
#define EXPLORE_SLEEPERS_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/explore/clock.h"

/* What a move did that others can depend on. */
struct moved {
	uint16_t loc; /* of its event */
	uint8_t proc, kind;
	bool calls, returns; /* an operation */
};

/* A mask of processes, and what the move of each one would do. */
struct sleepers {
	uint8_t mask;
	struct moved moved[MAX_PROCS];
};

/* Wakes the processes whose moves can lead to another state if they come after this move. */
void sleepers_wake(struct sleepers *asleep, const struct moved *moved);

#endif
