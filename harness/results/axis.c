/* SPDX-License-Identifier: MIT */
#include "harness/results/axis.h"

#include <string.h>

static unsigned int threads_of(const struct sweep_point *point)
{
	return point->threads;
}

static unsigned int devices_of(const struct sweep_point *point)
{
	return point->devices;
}

static unsigned int groups_of(const struct sweep_point *point)
{
	return point->groups;
}

const struct axis axis_threads = {"threads", "threads", threads_of};
const struct axis axis_devices = {"devices", "devices of a group", devices_of};
const struct axis axis_groups = {"groups", "groups", groups_of};

const char *point_parameters(const struct sweep_point *point)
{
	const char *groups = strstr(point->rest, "/groups:");

	return groups ? groups + 1 + strcspn(groups + 1, "/") : "";
}

static bool devices_agree(
    const struct axis *axis, const struct sweep_point *first, const struct sweep_point *point)
{
	if (axis == &axis_devices || point->devices == first->devices)
		return true;
	return axis == &axis_threads && point->devices > first->devices &&
	       point->devices == point->threads;
}

bool axis_through(
    const struct axis *axis, const struct sweep_point *first, const struct sweep_point *point)
{
	return !first->topology && !point->topology && !strcmp(first->workload, point->workload) &&
	       !strcmp(point_parameters(first), point_parameters(point)) &&
	       (axis == &axis_threads || first->threads == point->threads) &&
	       (axis == &axis_groups || first->groups == point->groups) &&
	       devices_agree(axis, first, point);
}

size_t axis_count(
    const struct axis *axis, const struct sweep *sweep, const struct sweep_point *first)
{
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *point = &sweep->points[i];

		nr += axis_through(axis, first, point) && !strcmp(point->impl, first->impl);
	}
	return nr;
}
