/* SPDX-License-Identifier: MIT */
/* One thread of a run as a user who claims at a rate, in place of the workload's steps. */
#ifndef HARNESS_MEASURE_CLAIMER_H
#define HARNESS_MEASURE_CLAIMER_H

#include "harness/measure/engine.h"

struct claimer {
	struct group *group;
	uint64_t next_ns;  /* when he wants it again */
	uint64_t first_ns; /* of the first attempt; 0: he does not want it now */
};

void claimer_begin(struct engine_thread *thread, struct claimer *claimer);

/* The window closes, after it no time is recorded: what is not granted by now was not granted in
 * it, even if it is while the other threads come to their end. */
void claimer_close(struct engine_thread *thread, const struct claimer *claimer);

/* One attempt, if it is time for one; he does not sleep, so waking up is in no time. */
void claimer_step(struct engine_thread *thread, struct claimer *claimer);

#endif
