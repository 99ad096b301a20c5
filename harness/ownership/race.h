/* SPDX-License-Identifier: MIT */
/* The one-shot races of group ownership, over fresh groups, and which results are legal. */
#ifndef HARNESS_OWNERSHIP_RACE_H
#define HARNESS_OWNERSHIP_RACE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/race_count.h"

/* The operation of a thread on its own device of the group, or on the group. */
enum race_act {
	RACE_PROBE,
	RACE_PROBE_PINCTRL, /* fails at the pinctrl step */
	RACE_PROBE_FAILS,   /* fails at the driver's own step */
	RACE_REMOVE,
	RACE_UNREGISTER, /* removes the device, unregisters its driver and frees it */
	RACE_CLAIM,      /* each thread claims for a user of its own */
	RACE_RELEASE,
	RACE_DEVICE_CLAIM, /* both threads claim for the same user */
	RACE_DEVICE_RELEASE,
	RACE_ACTS,
};

struct race {
	const char *name;
	bool bound[RACE_THREADS]; /* whether the thread's device is bound beforehand */
	unsigned int claims;      /* how many claims a user holds beforehand */
	enum race_act act[RACE_THREADS];
};

extern const struct race races[];
extern const size_t nr_races;

enum race_fault {
	RACE_FINE,
	RACE_CONFLICT, /* both threads hold the group, and must not */
	RACE_LOST,     /* no order of the operations explains the results */
	RACE_SPURIOUS, /* the results are explained only if a refusal needs no cause */
};

/* Judges a trial by the threads' results. */
enum race_fault race_judge(const struct race *race, const int results[RACE_THREADS]);

#endif
