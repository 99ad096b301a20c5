/* SPDX-License-Identifier: MIT */
#include "bench/sweep/plan_points.h"

#include <stdlib.h>
#include <string.h>

#include "bench/families/registry.h"
#include "harness/memory.h"
#include "harness/report/family.h"

static struct plan_point *find_or_add(struct plan_points *points, const struct plan_run *run)
{
	struct plan_point *point;

	for (size_t i = points->nr_points; i-- > 0;) {
		point = &points->points[i];
		if (run_id_same_point(&point->runs[0]->id, &run->id))
			return point;
	}
	point = &points->points[points->nr_points++];
	*point = (struct plan_point){.baseline = NO_DESIGN, .ceiling = NO_DESIGN};
	return point;
}

static void add_run(struct plan_point *point, const struct plan_run *run)
{
	const struct family_text *family = family_text_find(run->id.family);

	point->runs = reallocate(point->runs, point->nr_runs + 1, sizeof(struct plan_run *));
	if (family && !strcmp(family->baseline, run->id.implementation))
		point->baseline = point->nr_runs;
	if (instance_is_ceiling(run->spec.instance))
		point->ceiling = point->nr_runs;
	point->runs[point->nr_runs++] = run;
}

struct plan_points plan_points_of(const struct plan *plan)
{
	struct plan_points points = {.points = allocate(plan->nr_runs, sizeof(struct plan_point))};

	for (size_t i = 0; i < plan->nr_runs; i++)
		add_run(find_or_add(&points, &plan->runs[i]), &plan->runs[i]);
	return points;
}

void plan_points_free(struct plan_points *points)
{
	for (size_t i = 0; i < points->nr_points; i++)
		free(points->points[i].runs);
	free(points->points);
	*points = (struct plan_points){0};
}
