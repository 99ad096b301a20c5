/* SPDX-License-Identifier: MIT */
/* Which processes can move, and what event their next step will be. */
#ifndef EXPLORE_RUNNABLE_H
#define EXPLORE_RUNNABLE_H

#include "harness/explore/machine_state.h"

/* Returns the processes that can move, as bits. */
unsigned int machine_enabled(struct machine *m);

/*
 * Returns the choices (picks) that the next step of `proc` has, as bits; the search explores each.
 * Under RC11 an atomic access has those of messages_picks(), and an interrupt has one for each
 * thread that waits for it. Any other step has one.
 */
uint64_t machine_picks(struct machine *m, int proc);

/* Returns the pick in `picks` to explore first. */
unsigned int machine_first_pick(struct machine *m, int proc, uint64_t picks);

/* RC11: returns true if the order of the process's next step and an interrupt of its thread
 * matters. */
static inline bool runnable_meets_interrupts(const struct machine *m, int proc)
{
	return m->model == MODEL_RC11 && m->detail >= DETAIL_WORK &&
	       (!machine_is_thread(proc) || m->threads[proc].pending.kind != ACCESS_CALL);
}

/* Returns true if the step can block until another thread changes its location. */
static inline bool access_blocks(const struct access *a)
{
	return a->kind == ACCESS_LOCK || a->kind >= ACCESS_TAKE;
}

/* Stores the kind and location of the event that the next step of `proc` will be. */
void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc);

#endif
