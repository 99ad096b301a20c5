/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "harness/report/classes.h"
#include "harness/report/comparison.h"
#include "harness/report/measure.h"
#include "harness/report/parts.h"
#include "harness/report/precision.h"

static bool is_candidate(
    const struct report_sweep *sweep, const struct point_run *run, bool best_class)
{
	const char *implementation = run->run->id.implementation;

	return !class_why_unranked(sweep, implementation) &&
	       (!best_class || class_is_best(sweep, implementation));
}

/* The best candidate behind `after`, or of all. */
static const struct point_run *next_best(const struct report_sweep *sweep,
    const struct point *point, const struct point_run *after, bool best_class)
{
	for (size_t i = after ? (size_t)(after - point->runs) + 1 : 0; i < point->nr_passed; i++) {
		if (is_candidate(sweep, &point->runs[i], best_class))
			return &point->runs[i];
	}
	return NULL;
}

const struct point_run *fastest_at(
    const struct report_sweep *sweep, const struct point *point, bool best_class)
{
	return next_best(sweep, point, NULL, best_class);
}

static json_t *among(const struct report_sweep *sweep, const struct point *point,
    size_t comparisons, bool best_class)
{
	const struct point_run *first = fastest_at(sweep, point, best_class), *second;
	struct comparison comparison;
	const char *name;
	bool precise;

	if (!first)
		return json_null();
	name = first->run->id.implementation;
	precise = precision_of(sweep, point, first).state != PRECISION_MISSED;
	second = next_best(sweep, point, first, best_class);
	if (!second)
		return json_pack("{s:s, s:s, s:b, s:n, s:n, s:n, s:n}", "implementation", name,
		    "class", class_of(sweep, name), "precise", precise, "second", "told_apart",
		    "to_second", "text");
	comparison = compare_runs(point, first, second, comparisons);
	return json_pack("{s:s, s:s, s:b, s:s, s:b, s:o, s:s}", "implementation", name, "class",
	    class_of(sweep, name), "precise", precise, "second", second->run->id.implementation,
	    "told_apart", comparison.judgement.told == TOLD_MORE, "to_second",
	    measure_of_ratio(&comparison.ratio), "text",
	    judgement_text(&comparison.judgement, "faster", "slower").s);
}

json_t *fastest_json(
    const struct report_sweep *sweep, const struct point *point, size_t comparisons)
{
	return json_pack("{s:o, s:o}", "best_class", among(sweep, point, comparisons, true),
	    "any_class", among(sweep, point, comparisons, false));
}
