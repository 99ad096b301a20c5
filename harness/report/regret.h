/* SPDX-License-Identifier: MIT */
/* Regret: how many times better the best design at a point is than a given design. */
#ifndef HARNESS_REPORT_REGRET_H
#define HARNESS_REPORT_REGRET_H

#include <jansson.h>

#include "harness/report/report_sweep.h"

struct regret {
	struct round_ratio ratio;      /* value NAN: there is no rival, or a value is 0 */
	const struct point_run *rival; /* the best design, which may be the run itself; or NULL */
};

/* Returns the largest ratio of a rival to the run, in the rounds that measured both. The rivals are
 * the designs of the family's best class that passed at the point. A run that is itself the best
 * has the ratio 1, without an interval. */
struct regret regret_at(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* Returns {"regret": MEASURE, "regret_rival": NAME}. Both are null if there is no regret. A new
 * reference. */
json_t *regret_of_result_json(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run);

/* Returns the worst regret and the geometric mean of the regrets over the sweep's points, for each
 * design. results/FORMATS.md describes the members. A new reference. */
json_t *regret_json(const struct report_sweep *sweep);

#endif
