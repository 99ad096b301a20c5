/* SPDX-License-Identifier: MIT */
/* Which processes can move, and how their next step conflicts. */
#ifndef EXPLORE_RUNNABLE_H
#define EXPLORE_RUNNABLE_H

#include "harness/explore/machine_state.h"

/* The processes that can move, as bits. */
unsigned int machine_enabled(struct machine *m);

/*
 * What the next step of `proc` may do, as bits: the search explores each. Under RC11 an access to
 * messages has those of messages_picks(), and an interrupt one for each thread that waits for it.
 * All else has one.
 */
uint64_t machine_picks(struct machine *m, int proc);

/* That of `picks` to explore first. */
unsigned int machine_first_pick(struct machine *m, int proc, uint64_t picks);

/* RC11: whether it matters if the next step of a thread comes before an interrupt of it, or behind.
 */
static inline bool runnable_meets_interrupts(const struct machine *m, int proc)
{
	return m->model == MODEL_RC11 && m->detail >= DETAIL_WORK &&
	       (!machine_is_thread(proc) || m->threads[proc].pending.kind != ACCESS_CALL);
}

/* Whether the step can block until another thread changes its location. */
static inline bool access_blocks(const struct access *a)
{
	return a->kind == ACCESS_LOCK || a->kind >= ACCESS_TAKE;
}

/* Kind and location of the event that the next step of `proc` will be. */
void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc);

#endif
