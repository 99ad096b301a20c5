/* SPDX-License-Identifier: MIT */
/* Designs of a point held against each other: the ratio of two, and whether they are told apart. */
#ifndef HARNESS_REPORT_COMPARISON_H
#define HARNESS_REPORT_COMPARISON_H

#include "harness/report/report_sweep.h"
#include "harness/stats/judge.h"

/* A difference between two designs that matters. */
#define COMPARISON_MATTERS 0.05

struct comparison {
	struct round_ratio ratio; /* how many times as good the one is as the other */
	struct judgement judgement;
};

struct comparison compare_runs(
    const struct point *point, const struct point_run *a, const struct point_run *b);

/* "faster", "slower", "equal", "unresolved" or "too few" */
const char *comparison_told(const struct comparison *comparison);

/*
 * Returns a text for each compared design, in the order of the point, with a letter for each
 * design: '+' better than that one, '-' worse, '=' no difference that matters, '?' not resolved,
 * '.' itself.
 */
json_t *told_apart_json(const struct point *point);

/* -- how well a ratio is known, held against the goal of the sweep -- */

enum precision_state {
	PRECISION_WITHOUT_GOAL, /* a fixed number of rounds, or nothing to compare with */
	PRECISION_REACHED,
	PRECISION_MISSED,
};

/* Precision of a passed run's ratio to the baseline, or to the ceiling if there is no baseline. */
struct precision {
	double half_width; /* 0.043: its interval is within 4.3% either way; NAN: unknown */
	enum precision_state state;
};

struct precision precision_of(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* {"goal", "runs", "reached", "reached_10_percent", "seconds", "budget_seconds", "limited_by"}, or
 * null if the sweep had no goal. */
json_t *precision_json(const struct report_sweep *sweep);

#endif
