/* SPDX-License-Identifier: MIT */
/* What a sweep varies: one number of its points, all else being equal. */
#ifndef HARNESS_RESULTS_AXIS_H
#define HARNESS_RESULTS_AXIS_H

#include <stdbool.h>

#include "harness/results/sweep.h"

struct axis {
	const char *name; /* as in a run's name */
	const char *label;
	unsigned int (*of)(const struct sweep_point *point);
};

extern const struct axis axis_threads;
extern const struct axis axis_devices;
extern const struct axis axis_groups;

/* What of the name is no default: "/hold:100", else "". */
const char *point_parameters(const struct sweep_point *point);

/*
 * Whether a point, of whatever implementation, lies on the axis through `first`. A group has a
 * device for each thread at least: along the threads, those have as many devices as `first`, or as
 * they have threads.
 */
bool axis_through(
    const struct axis *axis, const struct sweep_point *first, const struct sweep_point *point);

/* Points of `sweep` with the implementation of `first` on the axis through it, itself included. */
size_t axis_count(
    const struct axis *axis, const struct sweep *sweep, const struct sweep_point *first);

#endif
