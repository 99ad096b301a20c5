/* SPDX-License-Identifier: MIT */
/* Regret: how many times better the best design at a point is than the design that was chosen. */
#ifndef HARNESS_REPORT_REGRET_H
#define HARNESS_REPORT_REGRET_H

#include <jansson.h>

#include "harness/report/report_sweep.h"

struct regret {
	struct round_ratio ratio;      /* value NAN: no rival, or a value is 0 */
	const struct point_run *rival; /* the best design, which may be the run itself; or NULL */
};

/*
 * Returns the largest ratio of a rival to the run, in the rounds that measured both. The rivals are
 * the designs of the family's best class that passed at the point. Against itself a run has the
 * ratio 1, without an interval.
 */
struct regret regret_at(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* Returns {"regret": MEASURE, "regret_rival": NAME}, both null without a regret. A new reference.
 */
json_t *regret_of_result_json(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* Returns each design's worst regret and the geometric mean over the points of the sweep, as
 * results/FORMATS.md describes them. A new reference. */
json_t *regret_json(const struct report_sweep *sweep);

#endif
