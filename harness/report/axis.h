/* SPDX-License-Identifier: MIT */
/* What a sweep varies: one number of its points, all else being equal. */
#ifndef HARNESS_REPORT_AXIS_H
#define HARNESS_REPORT_AXIS_H

#include "harness/report/point.h"

struct axis {
	const char *name; /* "threads" */
	const char *label;
	unsigned int (*of)(const struct run_id *where);
};

/* Up to a NULL. */
extern const struct axis *const axes[];
extern const struct axis axis_threads;

/* The point of a workload from which most values of the axis can be seen; NULL: none sees two. */
const struct point *axis_first(
    const struct axis *axis, const struct points *points, const char *workload);

/* Points on the axis, in its order. The caller frees the array. */
const struct point **axis_points(
    const struct axis *axis, const struct points *points, const struct point *first, size_t *nr);

/* "1 group of 8 devices or one for each thread, path ops, hold 0, gap 0": what the points have in
 * common. */
struct text axis_conditions(const struct axis *axis, const struct point *const *points, size_t nr);

#endif
