/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/report/number.h"
#include "harness/report/parts.h"

/* The points of a storm, which differ only in the topology. */
struct storm {
	const struct point **points;
	size_t nr;
};

struct row {
	const char *implementation;
	double to_baseline; /* geometric mean of ratios; NAN if any point lacks one */
};

static bool is_storm(const struct point *point)
{
	return point->quantity->less && point->where->topology;
}

static bool same_storm(const struct point *a, const struct point *b)
{
	return is_storm(a) && is_storm(b) && a->where->threads == b->where->threads &&
	       point_same_conditions(a, b);
}

static double mean_ratio(const struct storm *storm, const char *implementation)
{
	double sum = 0;

	for (size_t i = 0; i < storm->nr; i++) {
		const struct point *point = storm->points[i];
		const struct point_run *run = point_find(point, implementation);

		if (!run || isnan(run->median) || !point->baseline)
			return NAN;
		sum += log(point_ratio(point, run, point->baseline).value);
	}
	return exp(sum / (double)storm->nr);
}

static int by_ratio(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	if (isnan(a->to_baseline) || isnan(b->to_baseline))
		return isnan(a->to_baseline) - isnan(b->to_baseline);
	return (a->to_baseline < b->to_baseline) - (a->to_baseline > b->to_baseline);
}

static bool has_row(const struct row *rows, size_t nr, const char *implementation)
{
	for (size_t i = 0; i < nr; i++) {
		if (!strcmp(rows[i].implementation, implementation))
			return true;
	}
	return false;
}

/* Returns a row for each design that ran at any of the storm's points. The caller frees the
 * rows. */
static struct row *rows_of(const struct storm *storm, size_t *nr)
{
	struct row *rows;
	size_t room = 0;

	for (size_t i = 0; i < storm->nr; i++)
		room += storm->points[i]->nr;
	rows = allocate(room + 1, sizeof(*rows));
	*nr = 0;
	for (size_t i = 0; i < storm->nr; i++) {
		for (size_t j = 0; j < storm->points[i]->nr; j++) {
			const char *name = storm->points[i]->runs[j].run->id.implementation;

			if (!has_row(rows, *nr, name))
				rows[(*nr)++] = (struct row){name, mean_ratio(storm, name)};
		}
	}
	qsort(rows, *nr, sizeof(*rows), by_ratio);
	return rows;
}

static json_t *rows_json(const struct storm *storm)
{
	json_t *list = json_array();
	size_t nr;
	struct row *rows = rows_of(storm, &nr);

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:o}", "implementation", rows[i].implementation, "to_baseline",
			measure_of_constant(rows[i].to_baseline, number_ratio)));
	free(rows);
	return list;
}

static json_t *storm_json(const struct storm *storm)
{
	return json_pack("{s:i, s:s, s:o, s:o}", "threads", (int)storm->points[0]->where->threads,
	    "conditions", point_conditions(storm->points[0], true).s, "points",
	    point_ids_json(storm->points, storm->nr), "rows", rows_json(storm));
}

/* Finds the storm whose first point has the index `i`. The storm is empty if that point is not the
 * first of its storm, or is the only one. */
static void find_storm(struct storm *storm, const struct points *points, size_t i)
{
	storm->nr = 0;
	for (size_t j = 0; j < points->nr; j++) {
		if (!same_storm(&points->list[i], &points->list[j]))
			continue;
		if (j < i)
			return;
		storm->points[storm->nr++] = &points->list[j];
	}
	if (storm->nr < 2)
		storm->nr = 0;
}

json_t *storms_json(const struct report_sweep *sweep)
{
	json_t *list = json_array();
	struct storm storm = {allocate(sweep->points.nr, sizeof(*storm.points)), 0};

	for (size_t i = 0; i < sweep->points.nr; i++) {
		find_storm(&storm, &sweep->points, i);
		if (storm.nr)
			json_array_append_new(list, storm_json(&storm));
	}
	free(storm.points);
	return list;
}
