/* SPDX-License-Identifier: MIT */
/* How well the ratio to the baseline is known, held against the sweep's goal. */
#ifndef HARNESS_REPORT_PRECISION_H
#define HARNESS_REPORT_PRECISION_H

#include "harness/report/report_sweep.h"

enum precision_state {
	PRECISION_WITHOUT_GOAL, /* a fixed number of rounds, or nothing to compare with */
	PRECISION_REACHED,
	PRECISION_MISSED,
};

/* Of the ratio of a run that passed to the baseline, or without one to the ceiling. */
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
