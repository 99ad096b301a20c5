/* SPDX-License-Identifier: MIT */
/* One of the two threads of a one-shot race, and how it meets the other. */
#ifndef HARNESS_MEASURE_RACER_H
#define HARNESS_MEASURE_RACER_H

#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "about.h"
#include "harness/inline.h"
#include "harness/measure/delay.h"
#include "harness/measure/race_count.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

struct racer {
	_Alignas(BUS_ALIGN) _Atomic(uint32_t) trial; /* that it has come to */
	_Alignas(BUS_ALIGN) struct racer *other;
	unsigned int thread;
	uint32_t next;
	size_t nr_trials;          /* of this batch */
	void *family_data;         /* what another family races over */
	const struct model *model; /* RACE_GROUPS groups of RACE_THREADS devices */
	struct driver *driver;
	int results[RACE_GROUPS];
	int spins; /* for which the other is waited for, before the CPU is another's */
};

typedef void race_loop(struct racer *racer);

enum { RACE_SKEWS = 32 };

/*
 * Both go on within a cache miss of each other. An implementation may wait for this thread's
 * quiescent state meanwhile. Relaxed: the trials share nothing, and an order here must not stand in
 * for one that the implementation lacks.
 */
INLINE void race_meet(const struct impl_about *about, struct racer *racer)
{
	uint32_t trial = racer->next++;

	atomic_store_explicit(&racer->trial, trial, memory_order_relaxed);
	for (int spins = 0; (int32_t)(trial - atomic_load_explicit(
						  &racer->other->trial, memory_order_relaxed)) > 0;
	     spins++) {
		if (about->thread_quiescent)
			about->thread_quiescent();
		if (spins >= racer->spins)
			sched_yield();
	}
	/* Who comes last sees the other's number first, and is ahead: try all distances. */
	if (trial / RACE_SKEWS % RACE_THREADS == racer->thread)
		delay_turns(trial % RACE_SKEWS);
}

#endif
