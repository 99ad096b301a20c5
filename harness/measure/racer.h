/* SPDX-License-Identifier: MIT */
/* One of the two threads of a one-shot race (harness/check/race.h). */
#ifndef HARNESS_MEASURE_RACER_H
#define HARNESS_MEASURE_RACER_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/check/race.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

struct racer {
	_Alignas(BUS_ALIGN) _Atomic(uint32_t) trial; /* number of the trial reached */
	_Alignas(BUS_ALIGN) struct racer *other;
	unsigned int thread;
	uint32_t next;
	size_t nr_trials;          /* trials in this batch */
	void *family_data;         /* objects of another family, instead of the model */
	const struct model *model; /* RACE_GROUPS groups of RACE_THREADS devices */
	struct driver *driver;
	int results[RACE_GROUPS];
	/* Spins in race_meet() before it yields the CPU. */
	int spins;
};

typedef void race_loop(struct racer *racer);

#endif
