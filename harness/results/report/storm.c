/* SPDX-License-Identifier: MIT */
#include "harness/results/report/storm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Its parameters behind the listing's name: "/path:ops". */
static const char *behind_listing(const struct sweep_point *point)
{
	static const char key[] = "/topology:";
	const char *listing = strstr(point_parameters(point), key);

	return listing ? listing + sizeof(key) - 1 + strlen(point->topology) : "";
}

static bool is_storm(const struct set *set)
{
	return set->time && set->points[0]->topology;
}

static bool same_storm(const struct set *a, const struct set *b)
{
	const struct sweep_point *p = a->points[0], *q = b->points[0];

	return is_storm(a) && is_storm(b) && p->threads == q->threads &&
	       !strcmp(p->workload, q->workload) && !strcmp(behind_listing(p), behind_listing(q));
}

static double speedup(const struct storm *storm, const char *impl)
{
	double sum = 0;

	for (size_t i = 0; i < storm->nr; i++) {
		const struct sweep_point *point = set_point(storm->sets[i], impl);

		if (!point || point->failure)
			return NAN;
		sum += log(set_figures(storm->sets[i], point)->of_baseline.value);
	}
	return exp(sum / (double)storm->nr);
}

static int by_speedup(const void *left, const void *right)
{
	const struct storm_row *a = left, *b = right;

	if (isnan(a->speedup) || isnan(b->speedup))
		return isnan(a->speedup) - isnan(b->speedup);
	return (a->speedup < b->speedup) - (a->speedup > b->speedup);
}

static void add_rows(struct storm *storm, const struct report *report)
{
	storm->rows = calloc(report->nr_impls, sizeof(*storm->rows));
	if (!storm->rows)
		abort(); /* some hundred bytes */
	for (size_t i = 0; i < report->nr_impls; i++) {
		bool ran = false;

		for (size_t s = 0; s < storm->nr; s++)
			ran |= set_point(storm->sets[s], report->impls[i]) != NULL;
		if (ran)
			storm->rows[storm->nr_rows++] =
			    (struct storm_row){report->impls[i], speedup(storm, report->impls[i])};
	}
	qsort(storm->rows, storm->nr_rows, sizeof(*storm->rows), by_speedup);
}

struct storm storm_at(const struct report *report, const struct report_machine *machine, size_t i)
{
	const struct sets *sets = &machine->sets;
	struct storm storm = {.sets = calloc(sets->nr, sizeof(*storm.sets))};

	if (!storm.sets)
		abort(); /* some hundred bytes */
	for (size_t j = 0; j < sets->nr; j++) {
		if (!same_storm(&sets->list[i], &sets->list[j]))
			continue;
		if (j < i)
			break; /* it was at that */
		storm.sets[storm.nr++] = &sets->list[j];
	}
	if (storm.nr < 2)
		storm.nr = 0;
	else
		add_rows(&storm, report);
	return storm;
}

void storm_free(struct storm *storm)
{
	free(storm->sets);
	free(storm->rows);
	*storm = (struct storm){0};
}

struct text storm_listing(const struct set *set)
{
	const struct sweep_point *p = set->points[0];
	struct text text;

	snprintf(text.s, sizeof(text.s), "%u group%s, the largest of %u device%s", p->groups,
	    p->groups == 1 ? "" : "s", p->devices, p->devices == 1 ? "" : "s");
	return text;
}
