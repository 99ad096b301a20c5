/* SPDX-License-Identifier: MIT */
/*
 * One-shot races: two threads meet at a group that nobody has touched yet, and each does one thing
 * to it. Then the next group. What a loop over one group hardly ever hits, because its lines are
 * warm and its threads out of step, a million fresh groups hit thousands of times: a missing
 * store-load fence above all.
 */
#ifndef HARNESS_CHECK_RACE_H
#define HARNESS_CHECK_RACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RACE_THREADS = 2, RACE_GROUPS = 512, RACES_MAX = 16 };

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

/* What came of the trials of one race. Each is counted once, as the first that applies. */
struct race_count {
	uint64_t trials;
	uint64_t conflicts; /* both hold the group, and may not */
	uint64_t lost;      /* answers that no order of the two explains, */
	uint64_t spurious;  /* .. but that a refusal without cause would */
	uint64_t leaks;     /* still owned when both have let go */
	double first;       /* seconds from the first trial of all races to the first fault */
};

/* Adds up all races. `first` is the earliest. */
struct race_count race_sum(const struct race_count *counts);

/* How a trial went. `results` are the two answers. */
enum race_fault { RACE_FINE, RACE_CONFLICT, RACE_LOST, RACE_SPURIOUS };
enum race_fault race_judge(const struct race *race, const int results[RACE_THREADS]);

#endif
