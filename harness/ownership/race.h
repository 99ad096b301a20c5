/* SPDX-License-Identifier: MIT */
/* The one-shot races of ownership, over fresh groups, and which answers are right. */
#ifndef HARNESS_OWNERSHIP_RACE_H
#define HARNESS_OWNERSHIP_RACE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/race_count.h"

/* What a thread does; to its own device of the group, or to the group. */
enum race_act {
	RACE_PROBE,
	RACE_PROBE_PINCTRL, /* fails in that step */
	RACE_PROBE_FAILS,   /* fails in the driver's own step */
	RACE_REMOVE,
	RACE_CLAIM, /* each thread is a user of its own */
	RACE_RELEASE,
	RACE_DEVICE_CLAIM, /* both threads for one user */
	RACE_DEVICE_RELEASE,
	RACE_ACTS,
};

struct race {
	const char *name;
	bool bound[RACE_THREADS]; /* beforehand: the thread's device, */
	unsigned int claims;      /* and what a user holds, so often */
	enum race_act act[RACE_THREADS];
};

extern const struct race races[];
extern const size_t nr_races;

/* How a trial went. `results` are the two answers. */
enum race_fault { RACE_FINE, RACE_CONFLICT, RACE_LOST, RACE_SPURIOUS };
enum race_fault race_judge(const struct race *race, const int results[RACE_THREADS]);

#endif
