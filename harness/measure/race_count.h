/* SPDX-License-Identifier: MIT */
/*
 * One-shot races: two threads meet at an object that nobody has touched yet, and each does one
 * thing to it. Then the next object. What a loop over one object hardly ever hits, because its
 * lines are warm and its threads out of step, a million fresh ones hit thousands of times: a
 * missing store-load fence above all.
 */
#ifndef HARNESS_MEASURE_RACE_COUNT_H
#define HARNESS_MEASURE_RACE_COUNT_H

#include <stdint.h>

/* Of a family: at most so many races, of so many acts. */
enum { RACE_THREADS = 2, RACE_GROUPS = 512, RACES_MAX = 16, RACE_ACTS_MAX = 8 };

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

#endif
