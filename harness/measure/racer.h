/* SPDX-License-Identifier: MIT */
/* One of the two threads of a one-shot race (race_count.h), and how it meets the other. */
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
	_Alignas(BUS_ALIGN) _Atomic(uint32_t) trial; /* the trial that this thread has reached */
	_Alignas(BUS_ALIGN) struct racer *other;
	unsigned int thread;
	uint32_t next;             /* number of the next trial */
	size_t nr_trials;          /* trials in this batch */
	void *family_data;         /* objects of families that do not use `model` */
	const struct model *model; /* RACE_GROUPS groups of RACE_THREADS devices */
	struct driver *driver;
	int results[RACE_GROUPS];
	/* How often race_meet() spins before it yields the CPU. */
	int spins;
};

typedef void race_loop(struct racer *racer);

enum { RACE_SKEWS = 32 };

/*
 * Waits for the other thread, so that both continue within a cache miss of each other. Reports
 * quiescent states meanwhile, because the implementation may be waiting for this thread's. The
 * accesses are relaxed: the trials share no data, and ordering here could hide a fence that the
 * implementation lacks.
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
	/* The last thread to arrive already sees the other's number, so it continues first. To vary
	 * how far the two are apart, delay one of them by a varying time. */
	if (trial / RACE_SKEWS % RACE_THREADS == racer->thread)
		delay_turns(trial % RACE_SKEWS);
}

#endif
