/* SPDX-License-Identifier: MIT */
/* Determines which processes can move, and of which event kind their next step is. */
#ifndef EXPLORE_RUNNABLE_H
#define EXPLORE_RUNNABLE_H

#include "harness/explore/machine_state.h"

/* Returns a mask of the processes that can move. */
unsigned int machine_enabled(struct machine *m);

/*
 * Returns the choices (picks) of the next step of `proc` as a bit mask. The search explores each
 * pick. Under RC11, an atomic access has the picks of messages_picks(), and an interrupt has one
 * for each thread that waits for it. All other steps have one pick.
 */
uint64_t machine_picks(struct machine *m, int proc);

/* Returns the pick in `picks` to explore first. */
unsigned int machine_first_pick(struct machine *m, int proc, uint64_t picks);

/* RC11: returns true if the process's next step and an interrupt of its thread depend on each
 * other. */
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

/* Stores the kind and location of the event for the next step of `proc`. */
void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc);

/* Returns true if all threads have ended. */
bool machine_all_done(const struct machine *m);

#endif
