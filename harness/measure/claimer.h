/* SPDX-License-Identifier: MIT */
/* Turns one thread of a run into a user that claims a group at a fixed rate, instead of the
 * workload's steps. */
#ifndef HARNESS_MEASURE_CLAIMER_H
#define HARNESS_MEASURE_CLAIMER_H

#include "harness/measure/engine.h"

struct claimer {
	struct group *group;
	uint64_t next_ns;  /* when the next claim is due */
	uint64_t first_ns; /* when the pending claim was due; 0: none is pending */
};

void claimer_begin(struct engine_thread *thread, struct claimer *claimer);

/* Called when the window closes. A claim that is still pending counts as unsuccessful, even if it
 * is granted while the threads drain. */
void claimer_close(struct engine_thread *thread, const struct claimer *claimer);

/* Makes one attempt if a claim is pending or due. Never sleeps, so no wake-up latency is
 * measured. */
void claimer_step(struct engine_thread *thread, struct claimer *claimer);

#endif
