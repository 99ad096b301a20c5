/* SPDX-License-Identifier: MIT */
/* An axis of a sweep: a number, such as the threads, in which points differ while everything else
 * is equal. */
#ifndef HARNESS_REPORT_AXIS_H
#define HARNESS_REPORT_AXIS_H

#include "harness/report/point.h"

struct axis {
	const char *name; /* "threads" */
	const char *label;
	unsigned int (*of)(const struct run_id *where);
};

/* All axes, terminated by NULL. */
extern const struct axis *const axes[];
extern const struct axis axis_threads;

/* Finds the longest line of a workload's points along the axis. Returns one of its points, or NULL
 * if no line has two points. */
const struct point *axis_first(
    const struct axis *axis, const struct points *points, const char *workload);

/* Returns the points on the axis through `first`, ascending. The caller frees the array. */
const struct point **axis_points(
    const struct axis *axis, const struct points *points, const struct point *first, size_t *nr);

/* Returns a description of what the points have in common: "1 group of 8 devices or one for each
 * thread, path ops, hold 0, gap 0". */
struct text axis_conditions(const struct axis *axis, const struct point *const *points, size_t nr);

#endif
