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

#endif
