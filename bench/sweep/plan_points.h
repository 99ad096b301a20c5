/* SPDX-License-Identifier: MIT */
/* The points of a plan: runs that differ only in their implementation form a point. */
#ifndef BENCH_SWEEP_PLAN_POINTS_H
#define BENCH_SWEEP_PLAN_POINTS_H

#include <stddef.h>
#include <stdint.h>

#include "bench/sweep/plan.h"

enum { NO_DESIGN = UINT32_MAX };

struct plan_point {
	const struct plan_run **runs; /* one run for each design */
	size_t nr_runs;
	size_t baseline; /* index of the family's reference design, or NO_DESIGN */
	size_t ceiling;
};

struct plan_points {
	struct plan_point *points; /* points in the plan's order */
	size_t nr_points;
};

/* Groups the plan's runs by point. The runs are borrowed from the plan. */
struct plan_points plan_points_of(const struct plan *plan);
void plan_points_free(struct plan_points *points);

#endif
