/* SPDX-License-Identifier: MIT */
/*
 * One-shot races: two threads meet at a fresh object, and each performs one act on it; then they
 * move on to the next object. A loop over a single object hardly ever hits such races, because its
 * cache lines are warm and its threads drift apart. A million fresh objects expose a race thousands
 * of times, above all a missing store-load fence.
 */
#ifndef HARNESS_MEASURE_RACE_COUNT_H
#define HARNESS_MEASURE_RACE_COUNT_H

#include <stdint.h>

/* RACES_MAX limits a family's races; RACE_ACTS_MAX limits the different acts in them. */
enum { RACE_THREADS = 2, RACE_GROUPS = 512, RACES_MAX = 16, RACE_ACTS_MAX = 10 };

/* Outcomes of one race, as the ownership family counts them: each trial as at most one fault. Other
 * families count faults of their own in these members. */
struct race_count {
	uint64_t trials;
	uint64_t conflicts; /* trials in which both threads illegally hold the group */
	uint64_t lost;      /* trials whose results no order of the acts explains */
	uint64_t spurious;  /* trials whose results only a refusal without cause explains */
	uint64_t leaks;     /* trials after which the group is still owned, despite both releases */
	double first;       /* seconds from the first trial of any race to the first fault */
};

/* Returns the sum of the counts of all races, with the earliest `first`. */
struct race_count race_sum(const struct race_count *counts);

#endif
