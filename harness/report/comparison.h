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

/* Whether a run counts among those that are compared: it passed, and may be ranked or is the
 * baseline. */
bool comparison_counts(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* k (k - 1) / 2 of the k designs of a point that are compared. */
size_t comparisons_at(const struct report_sweep *sweep, const struct point *point);

/* `comparisons`: comparisons_at() the point. */
struct comparison compare_runs(const struct point *point, const struct point_run *a,
    const struct point_run *b, size_t comparisons);

/* "faster", "slower", "equal", "unresolved" or "too few" */
const char *comparison_told(const struct comparison *comparison);

/* {"told", "text"} */
json_t *comparison_json(const struct comparison *comparison);

/*
 * Of the compared designs, in the order of the point: a text for each, with a letter for each
 * other.
 * '+' told apart and better than that one, '-' and worse, '=' no difference that matters, '?' not
 * resolved, or itself: '.'.
 */
json_t *told_apart_json(
    const struct report_sweep *sweep, const struct point *point, size_t comparisons);

#endif
