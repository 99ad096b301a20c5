/* SPDX-License-Identifier: MIT */
/* The racing threads' loop over the groups of a batch, inlined over an implementation. */
#ifndef HARNESS_MEASURE_RACE_LOOP_H
#define HARNESS_MEASURE_RACE_LOOP_H

#include <sched.h>

#include "harness/inline.h"
#include "harness/measure/delay.h"
#include "harness/measure/racer.h"

enum { RACE_SKEWS = 32 };

/*
 * Waits for the other thread, so that both continue within a cache miss of each other. An
 * implementation may be waiting for this thread's quiescent state meanwhile. Relaxed: the trials
 * share no data, and an ordering here could hide one that the implementation lacks.
 */
INLINE void race_meet(const struct impl_ops *impl, struct racer *racer)
{
	uint32_t trial = racer->next++;

	atomic_store_explicit(&racer->trial, trial, memory_order_relaxed);
	for (int spins = 0; (int32_t)(trial - atomic_load_explicit(
						  &racer->other->trial, memory_order_relaxed)) > 0;
	     spins++) {
		if (impl->thread_quiescent)
			impl->thread_quiescent();
		if (spins >= racer->spins)
			sched_yield();
	}
	/* The last thread to arrive sees the other's number first, so it continues first. Delay one
	 * thread by a varying time, to try all distances between the two. */
	if (trial / RACE_SKEWS % RACE_THREADS == racer->thread)
		delay_turns(trial % RACE_SKEWS);
}

INLINE int race_do(const struct impl_ops *impl, struct racer *racer, size_t g, enum race_act act)
{
	struct group *group = racer->model->groups[g];
	struct device *dev = racer->model->devices[RACE_THREADS * g + racer->thread];
	struct driver *drv = racer->driver;

	switch (act) {
	case RACE_PROBE:
		return bus_probe(impl, dev, drv, BUS_FAIL_NONE, BUS_PATH_OPS);
	case RACE_PROBE_PINCTRL:
		return bus_probe(impl, dev, drv, BUS_FAIL_PINCTRL, BUS_PATH_OPS);
	case RACE_PROBE_FAILS:
		return bus_probe(impl, dev, drv, BUS_FAIL_DRIVER, BUS_PATH_OPS);
	case RACE_REMOVE:
		return bus_remove(impl, dev, BUS_PATH_OPS);
	case RACE_CLAIM:
		return impl->group_claim(group, racer);
	case RACE_RELEASE:
		return impl->group_release(group);
	case RACE_DEVICE_CLAIM:
		return impl->device_claim(dev, drv);
	case RACE_DEVICE_RELEASE:
		return impl->device_release(dev);
	case RACE_ACTS:
		break;
	}
	return 0;
}

INLINE void race_all(const struct impl_ops *impl, struct racer *racer, enum race_act act)
{
	for (size_t g = 0; g < racer->nr_trials; g++) {
		race_meet(impl, racer);
		racer->results[g] = race_do(impl, racer, g, act);
	}
}

#endif
