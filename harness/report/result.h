/* SPDX-License-Identifier: MIT */
/* What one implementation did at one point, as an object of the document. */
#ifndef HARNESS_REPORT_RESULT_H
#define HARNESS_REPORT_RESULT_H

#include "harness/report/report_sweep.h"

/* `comparisons`: see comparison.h. "rank" is null: the point ranks its results. A new reference. */
json_t *result_json(const struct report_sweep *sweep, const struct point *point,
    const struct point_run *run, size_t comparisons);

#endif
