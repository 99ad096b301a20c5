/* SPDX-License-Identifier: MIT */
/*
 * One-shot races: two threads meet at a fresh object, and each performs one act on it; then they
 * move on to the next object. A loop over one object hardly ever hits such races, because its cache
 * lines are warm and its threads are out of step. A million fresh objects hit them thousands of
 * times, above all a missing store-load fence.
 */
#ifndef HARNESS_MEASURE_RACE_COUNT_H
#define HARNESS_MEASURE_RACE_COUNT_H

#include <stdint.h>

/* RACES_MAX and RACE_ACTS_MAX limit a family's races and their acts. */
enum { RACE_THREADS = 2, RACE_GROUPS = 512, RACES_MAX = 16, RACE_ACTS_MAX = 10 };

/* Outcomes of the trials of one race. Each trial is counted once, as the first fault that
 * applies. */
struct race_count {
	uint64_t trials;
	uint64_t conflicts; /* both threads hold the group, and must not */
	uint64_t lost;      /* results that no order explains */
	uint64_t spurious;  /* results that only a refusal without cause explains */
	uint64_t leaks;     /* groups still owned after both threads have released them */
	double first;       /* seconds from the first trial of all races to the first fault */
};

/* Adds up the counts of all races. `first` is the earliest. */
struct race_count race_sum(const struct race_count *counts);

#endif
