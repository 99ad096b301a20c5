/* SPDX-License-Identifier: MIT */
/* Storms on the groups of several real machines, side by side. */
#ifndef HARNESS_REPORT_STORMS_H
#define HARNESS_REPORT_STORMS_H

#include "harness/report/report_sweep.h"

/*
 * [{"threads", "conditions", "points": [ID, ..], "listings": ["9 groups, the largest of 12
 * devices",
 * ..], "rows": [{"implementation", "to_baseline"}, ..]}, ..]: points that agree in all but the
 * topology. `to_baseline` is the geometric mean of the ratios, as a measure without an interval;
 * null if the implementation did not pass on each. The fastest is first. A new reference.
 */
json_t *storms_json(const struct report_sweep *sweep);

#endif
