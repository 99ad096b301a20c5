/* SPDX-License-Identifier: MIT */
/* The claimer: a thread that claims a group at a fixed rate, instead of executing the workload's
 * steps. */
#ifndef HARNESS_MEASURE_CLAIMER_H
#define HARNESS_MEASURE_CLAIMER_H

#include "harness/measure/engine.h"

struct claimer {
	struct group *group;
	uint64_t next_ns;  /* time at which the next claim is due */
	uint64_t first_ns; /* time at which the pending claim was due; 0: no claim is pending */
};

void claimer_begin(struct engine_thread *thread, struct claimer *claimer);

/* Called when the window closes. A claim that is still pending counts as unsuccessful, even if it
 * is granted while the threads drain. */
void claimer_close(struct engine_thread *thread, const struct claimer *claimer);

/* Attempts a pending or due claim once. Never sleeps: a wake-up would add to the latency. */
void claimer_step(struct engine_thread *thread, struct claimer *claimer);

#endif
