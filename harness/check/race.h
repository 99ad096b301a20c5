/* SPDX-License-Identifier: MIT */
/*
 * One-shot races: two threads meet at a fresh group, and each performs one act on it; then they
 * move on to the next group. A loop over one group hardly ever hits such races, because its cache
 * lines are warm and its threads are out of step. A million fresh groups hit them thousands of
 * times, above all a missing store-load fence.
 */
#ifndef HARNESS_CHECK_RACE_H
#define HARNESS_CHECK_RACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RACE_THREADS = 2, RACE_GROUPS = 512, RACES_MAX = 16 };

/* A thread's act on its own device of the group, or on the group. */
enum race_act {
	RACE_PROBE,
	RACE_PROBE_PINCTRL, /* fails at the pinctrl step */
	RACE_PROBE_FAILS,   /* fails at the driver's own step */
	RACE_REMOVE,
	RACE_CLAIM, /* each thread claims for a user of its own */
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

/* Outcomes of the trials of one race. Each trial is counted once, as the first fault that
 * applies. */
struct race_count {
	uint64_t trials;
	uint64_t conflicts; /* both threads hold the group, and must not */
	uint64_t lost;      /* results that no order explains */
	uint64_t spurious;  /* results that only a refusal without cause explains */
	uint64_t leaks;     /* still owned after both threads have released it */
	double first;       /* seconds from the first trial of all races to the first fault */
};

/* Adds up the counts of all races. `first` is the earliest. */
struct race_count race_sum(const struct race_count *counts);

/* Judges a trial by the threads' results. */
enum race_fault { RACE_FINE, RACE_CONFLICT, RACE_LOST, RACE_SPURIOUS };
enum race_fault race_judge(const struct race *race, const int results[RACE_THREADS]);

#endif
