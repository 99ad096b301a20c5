/* SPDX-License-Identifier: MIT */
/* A point and its results, as an object of the document. */
#ifndef HARNESS_REPORT_POINT_REPORT_H
#define HARNESS_REPORT_POINT_REPORT_H

#include "harness/report/report_sweep.h"

/* A new reference. */
json_t *point_json(const struct report_sweep *sweep, const struct point *point);

#endif
