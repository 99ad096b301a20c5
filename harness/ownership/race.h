/* SPDX-License-Identifier: MIT */
/* The one-shot races of group ownership, and their legal results. Each trial has its own group. */
#ifndef HARNESS_OWNERSHIP_RACE_H
#define HARNESS_OWNERSHIP_RACE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/race_count.h"

/* What a thread does, with its own device or with the group. */
enum race_act {
	RACE_PROBE,
	RACE_PROBE_PINCTRL, /* a probe that fails at the pinctrl step */
	RACE_PROBE_FAILS,   /* a probe that fails at the driver's own step */
	RACE_REMOVE,
	RACE_UNREGISTER, /* removes the device, then unregisters and frees its driver */
	RACE_CLAIM,      /* claims the group; each thread has its own user */
	RACE_RELEASE,
	RACE_DEVICE_CLAIM, /* claims through a device; both threads have the same user */
	RACE_DEVICE_RELEASE,
	RACE_ACTS,
};

struct race {
	const char *name;
	bool bound[RACE_THREADS]; /* before the race, the thread's device is bound */
	unsigned int claims;      /* number of claims that a user holds before the race */
	enum race_act act[RACE_THREADS];
};

extern const struct race races[];
extern const size_t nr_races;

enum race_fault {
	RACE_FINE,
	RACE_CONFLICT, /* both threads hold the group, although they conflict */
	RACE_LOST,     /* no order of the operations explains the results */
	RACE_SPURIOUS, /* an order explains the results only if a refusal is legal in any state */
};

/* Judges a trial by the threads' results. */
enum race_fault race_judge(const struct race *race, const int results[RACE_THREADS]);

#endif
