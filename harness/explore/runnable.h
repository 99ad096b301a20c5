/* SPDX-License-Identifier: MIT */
/* Which processes can move, and how their next step conflicts. */
#ifndef EXPLORE_RUNNABLE_H
#define EXPLORE_RUNNABLE_H

#include "harness/explore/machine_state.h"

/* The processes that can move, as bits. */
unsigned int machine_enabled(const struct machine *m);

/* Whether the step can block until another thread changes its location. */
static inline bool access_blocks(const struct access *a)
{
	return a->kind == ACCESS_LOCK || a->kind >= ACCESS_TAKE;
}

/* Kind and location of the event that the next step of `proc` will be. */
void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc);

#endif
