/* SPDX-License-Identifier: MIT */
/* Compares two designs measured at one point: their ratio, and whether they differ. */
#ifndef HARNESS_REPORT_COMPARISON_H
#define HARNESS_REPORT_COMPARISON_H

#include "harness/report/report_sweep.h"
#include "harness/stats/judge.h"

/* The smallest difference between two designs that is considered relevant. */
#define COMPARISON_MATTERS 0.05

struct comparison {
	struct round_ratio ratio; /* A/B, or B/A if less is better: above 1, A is better */
	struct judgement judgement;
};

struct comparison compare_runs(
    const struct point *point, const struct point_run *a, const struct point_run *b);

/* Returns "faster", "slower", "equal", "unresolved" or "too few". */
const char *comparison_word(const struct comparison *comparison);

/* Returns an array with a string for each compared design, in the order of the point. The n-th
 * character of a string compares its design with the n-th one: '+' better, '-' worse, '=' no
 * difference that matters, '?' not resolved, '.' the design itself. A new reference. */
json_t *told_apart_json(const struct point *point);

/* -- precision of a ratio, compared with the goal of the sweep -- */

enum precision_state {
	PRECISION_WITHOUT_GOAL, /* the number of rounds is fixed, or there is no ratio */
	PRECISION_REACHED,
	PRECISION_MISSED,
};

/* Precision of a passed run's ratio to the baseline, or to the ceiling if there is no baseline. */
struct precision {
	double half_width; /* 0.043: the interval's ends are within 4.3%; NAN: unknown */
	enum precision_state state;
};

struct precision precision_of(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* Returns how many ratios reached the sweep's precision, {"goal", "runs", "reached",
 * "reached_10_percent", "seconds", "budget_seconds", "limited_by"}, or null if the sweep had no
 * goal. A new reference. */
json_t *precision_json(const struct report_sweep *sweep);

#endif
