/* SPDX-License-Identifier: MIT */
#include "harness/report/comparison.h"

#include <math.h>
#include <stdlib.h>

#include "harness/memory.h"
#include "harness/report/classes.h"

bool comparison_counts(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run)
{
	return !isnan(run->median) &&
	       (run == point->baseline || !class_why_unranked(sweep, run->run->id.implementation));
}

size_t comparisons_at(const struct report_sweep *sweep, const struct point *point)
{
	size_t nr = 0;

	for (size_t i = 0; i < point->nr_passed; i++)
		nr += comparison_counts(sweep, point, &point->runs[i]);
	return nr ? nr * (nr - 1) / 2 : 0;
}

struct comparison compare_runs(const struct point *point, const struct point_run *a,
    const struct point_run *b, size_t comparisons)
{
	struct comparison comparison = {.ratio = point_ratio(point, a, b, comparisons)};

	comparison.judgement = judge_ratio(&comparison.ratio, COMPARISON_MATTERS);
	return comparison;
}

const char *comparison_told(const struct comparison *comparison)
{
	static const char *const names[] = {[TOLD_MORE] = "faster",
	    [TOLD_LESS] = "slower",
	    [TOLD_EQUAL] = "equal",
	    [TOLD_UNRESOLVED] = "unresolved",
	    [TOLD_TOO_FEW] = "too few"};

	return names[comparison->judgement.told];
}

json_t *comparison_json(const struct comparison *comparison)
{
	return json_pack("{s:s, s:s}", "told", comparison_told(comparison), "text",
	    judgement_text(&comparison->judgement, "faster", "slower").s);
}

static char letter_of(const struct point *point, const struct point_run *a,
    const struct point_run *b, size_t comparisons)
{
	static const char letters[] = {[TOLD_MORE] = '+',
	    [TOLD_LESS] = '-',
	    [TOLD_EQUAL] = '=',
	    [TOLD_UNRESOLVED] = '?',
	    [TOLD_TOO_FEW] = '?'};

	if (a == b)
		return '.';
	return letters[compare_runs(point, a, b, comparisons).judgement.told];
}

json_t *told_apart_json(
    const struct report_sweep *sweep, const struct point *point, size_t comparisons)
{
	json_t *rows = json_array();
	char *row = allocate(point->nr + 1, 1);

	for (size_t i = 0; i < point->nr_passed; i++) {
		size_t nr = 0;

		if (!comparison_counts(sweep, point, &point->runs[i]))
			continue;
		for (size_t j = 0; j < point->nr_passed; j++) {
			if (comparison_counts(sweep, point, &point->runs[j]))
				row[nr++] =
				    letter_of(point, &point->runs[i], &point->runs[j], comparisons);
		}
		json_array_append_new(rows, json_stringn(row, nr));
	}
	free(row);
	return rows;
}
