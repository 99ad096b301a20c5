/* SPDX-License-Identifier: MIT */
#include "harness/report/axis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"

static unsigned int threads_of(const struct run_id *where)
{
	return where->threads;
}

static unsigned int devices_of(const struct run_id *where)
{
	return where->devices;
}

static unsigned int groups_of(const struct run_id *where)
{
	return where->groups;
}

const struct axis axis_threads = {"threads", "threads", threads_of};
static const struct axis axis_devices = {"devices", "devices per group", devices_of};
static const struct axis axis_groups = {"groups", "groups", groups_of};
const struct axis *const axes[] = {&axis_threads, &axis_devices, &axis_groups, NULL};

static bool devices_agree(
    const struct axis *axis, const struct run_id *first, const struct run_id *where)
{
	if (axis == &axis_devices || where->devices == first->devices)
		return true;
	return axis == &axis_threads && where->devices > first->devices &&
	       where->devices == where->threads;
}

/* Returns whether a point differs from `first` only along the axis. On the axis of threads, its
 * groups may also be larger if they have exactly one device per thread, because each thread needs
 * its own device. */
static bool axis_through(
    const struct axis *axis, const struct point *first, const struct point *point)
{
	const struct run_id *a = first->where, *b = point->where;

	return !a->topology && !b->topology && !point->quantity->less &&
	       point_same_conditions(first, point) &&
	       (axis == &axis_threads || a->threads == b->threads) &&
	       (axis == &axis_groups || a->groups == b->groups) && devices_agree(axis, a, b);
}

static size_t count_through(
    const struct axis *axis, const struct points *points, const struct point *first)
{
	size_t nr = 0;

	for (size_t i = 0; i < points->nr; i++)
		nr += axis_through(axis, first, &points->list[i]);
	return nr;
}

const struct point *axis_first(
    const struct axis *axis, const struct points *points, const char *workload)
{
	const struct point *best = NULL;
	size_t most = 1;

	for (size_t i = 0; i < points->nr; i++) {
		const struct point *point = &points->list[i];
		size_t nr;

		if (strcmp(point->where->workload, workload) != 0)
			continue;
		nr = count_through(axis, points, point);
		if (nr > most) {
			most = nr;
			best = point;
		}
	}
	return best;
}

static int by_axis(const void *left, const void *right, void *arg)
{
	const struct axis *axis = arg;
	const unsigned int a = axis->of((*(const struct point *const *)left)->where);
	const unsigned int b = axis->of((*(const struct point *const *)right)->where);

	return (a > b) - (a < b);
}

const struct point **axis_points(
    const struct axis *axis, const struct points *points, const struct point *first, size_t *nr)
{
	const struct point **found = allocate(points->nr + 1, sizeof(*found));

	*nr = 0;
	for (size_t i = 0; i < points->nr; i++) {
		if (axis_through(axis, first, &points->list[i]))
			found[(*nr)++] = &points->list[i];
	}
	qsort_r(found, *nr, sizeof(*found), by_axis, (void *)axis);
	return found;
}

static bool devices_grow(const struct point *const *points, size_t nr)
{
	return points[nr - 1]->where->devices > points[0]->where->devices;
}

struct text axis_conditions(const struct axis *axis, const struct point *const *points, size_t nr)
{
	const struct run_id *first = points[0]->where;
	struct text text = {""}, threads = {""}, groups = {"groups"}, devices = {""};

	if (axis != &axis_threads)
		snprintf(threads.s, sizeof(threads.s), "%u thread%s, ", first->threads,
		    first->threads == 1 ? "" : "s");
	if (axis != &axis_groups)
		snprintf(groups.s, sizeof(groups.s), "%u group%s", first->groups,
		    first->groups == 1 ? "" : "s");
	if (axis != &axis_devices)
		snprintf(devices.s, sizeof(devices.s), " of %u device%s%s", first->devices,
		    first->devices == 1 ? "" : "s",
		    devices_grow(points, nr) ? " or one for each thread" : "");
	snprintf(text.s, sizeof(text.s), "%.20s%.20s%.50s, %.60s", threads.s, groups.s, devices.s,
	    point_conditions(points[0], true).s);
	return text;
}
