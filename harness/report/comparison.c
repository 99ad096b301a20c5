/* SPDX-License-Identifier: MIT */
#include "harness/report/comparison.h"

#include <math.h>
#include <stdlib.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"

struct comparison compare_runs(
    const struct point *point, const struct point_run *a, const struct point_run *b)
{
	struct comparison comparison = {.ratio = point_ratio(point, a, b)};

	comparison.judgement = judge_ratio(&comparison.ratio, COMPARISON_MATTERS);
	return comparison;
}

const char *comparison_word(const struct comparison *comparison)
{
	static const char *const names[] = {[DIFFERENCE_MORE] = "faster",
	    [DIFFERENCE_LESS] = "slower",
	    [DIFFERENCE_EQUAL] = "equal",
	    [DIFFERENCE_UNRESOLVED] = "unresolved",
	    [DIFFERENCE_TOO_FEW] = "too few"};

	return names[comparison->judgement.difference];
}

static char letter_of(
    const struct point *point, const struct point_run *a, const struct point_run *b)
{
	static const char letters[] = {[DIFFERENCE_MORE] = '+',
	    [DIFFERENCE_LESS] = '-',
	    [DIFFERENCE_EQUAL] = '=',
	    [DIFFERENCE_UNRESOLVED] = '?',
	    [DIFFERENCE_TOO_FEW] = '?'};

	if (a == b)
		return '.';
	return letters[compare_runs(point, a, b).judgement.difference];
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

/* -- precision -- */

/* "reached_10_percent" counts the ratios with at most this half-width. */
static const double WIDE = 0.1;

static double goal_of(const struct report_sweep *sweep)
{
	return member_number(sweep->sweep.settings, "precision");
}

struct precision precision_of(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run)
{
	const struct point_run *base = point->baseline ? point->baseline : point->ceiling;
	const double goal = goal_of(sweep);
	struct precision precision = {NAN, PRECISION_WITHOUT_GOAL};
	struct round_ratio ratio;

	if (!base || run == base || isnan(run->median))
		return precision;
	ratio = point_ratio(point, run, base);
	precision.half_width = ratio_precision(&ratio);
	if (!isnan(goal))
		precision.state =
		    precision_reached(&ratio, goal) ? PRECISION_REACHED : PRECISION_MISSED;
	return precision;
}

struct counts {
	size_t runs, reached, within_wide;
};

static void count_run(struct counts *counts, const struct precision *precision)
{
	counts->runs += precision->state != PRECISION_WITHOUT_GOAL;
	counts->reached += precision->state == PRECISION_REACHED;
	counts->within_wide +=
	    precision->state == PRECISION_REACHED || precision->half_width <= WIDE;
}

static struct counts count_runs(const struct report_sweep *sweep)
{
	struct counts counts = {0};

	for (size_t i = 0; i < sweep->points.nr; i++) {
		const struct point *point = &sweep->points.list[i];

		for (size_t j = 0; j < point->nr_passed; j++) {
			const struct precision precision =
			    precision_of(sweep, point, &point->runs[j]);

			count_run(&counts, &precision);
		}
	}
	return counts;
}

static double last_second(const struct sweep *sweep)
{
	double last = 0;

	for (size_t i = 0; i < sweep->nr_runs; i++) {
		for (size_t r = 0; r < sweep->runs[i].nr_rounds; r++)
			last = fmax(last, sweep->runs[i].rounds[r].at_seconds);
	}
	return last;
}

static json_t *limit_json(const struct counts *counts, double budget)
{
	if (counts->reached == counts->runs || isnan(budget))
		return json_null();
	return json_sprintf("the time budget of %.0f s", budget);
}

json_t *precision_json(const struct report_sweep *sweep)
{
	const double budget = member_number(sweep->sweep.settings, "budget_seconds");
	struct counts counts;

	if (isnan(goal_of(sweep)))
		return json_null();
	counts = count_runs(sweep);
	return json_pack("{s:f, s:I, s:I, s:I, s:f, s:o, s:o}", "goal", goal_of(sweep), "runs",
	    (json_int_t)counts.runs, "reached", (json_int_t)counts.reached, "reached_10_percent",
	    (json_int_t)counts.within_wide, "seconds", last_second(&sweep->sweep), "budget_seconds",
	    number_or_null(budget), "limited_by", limit_json(&counts, budget));
}
