/* SPDX-License-Identifier: MIT */
/* The fastest design at a point, and whether it is told apart from the next. */
#ifndef HARNESS_REPORT_FASTEST_H
#define HARNESS_REPORT_FASTEST_H

#include "harness/report/report_sweep.h"

/* The fastest of the best class, or of any class that is ranked; NULL: none passed. */
const struct point_run *fastest_at(
    const struct report_sweep *sweep, const struct point *point, bool best_class);

/*
 * {"best_class": {"implementation", "class", "precise", "second", "told_apart", "to_second",
 * "text"} | null, "any_class": the same}. `second` is null if there is no rival; then so are the
 * members behind it.
 */
json_t *fastest_json(
    const struct report_sweep *sweep, const struct point *point, size_t comparisons);

#endif
