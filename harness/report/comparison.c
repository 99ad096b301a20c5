/* SPDX-License-Identifier: MIT */
#include "harness/report/comparison.h"

#include <stdlib.h>

#include "harness/memory.h"

struct comparison compare_runs(
    const struct point *point, const struct point_run *a, const struct point_run *b)
{
	struct comparison comparison = {.ratio = point_ratio(point, a, b)};

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

static char letter_of(
    const struct point *point, const struct point_run *a, const struct point_run *b)
{
	static const char letters[] = {[TOLD_MORE] = '+',
	    [TOLD_LESS] = '-',
	    [TOLD_EQUAL] = '=',
	    [TOLD_UNRESOLVED] = '?',
	    [TOLD_TOO_FEW] = '?'};

	if (a == b)
		return '.';
	return letters[compare_runs(point, a, b).judgement.told];
}

json_t *told_apart_json(const struct point *point)
{
	json_t *rows = json_array();
	char *row = allocate(point->nr + 1, 1);

	for (size_t i = 0; i < point->nr; i++) {
		size_t nr = 0;

		if (!point->runs[i].compared)
			continue;
		for (size_t j = 0; j < point->nr; j++) {
			if (point->runs[j].compared)
				row[nr++] = letter_of(point, &point->runs[i], &point->runs[j]);
		}
		json_array_append_new(rows, json_stringn(row, nr));
	}
	free(row);
	return rows;
}
