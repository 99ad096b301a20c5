/* SPDX-License-Identifier: MIT */
/* The point that answers a sweep's question, and its answer in words. */
#ifndef HARNESS_REPORT_HEADLINE_H
#define HARNESS_REPORT_HEADLINE_H

#include "harness/report/report_sweep.h"

/*
 * The point of the family's headline workload without special parameters, with as many threads as
 * there are CPUs (or the nearest below), of groups of 8 devices (or the nearest). Without that
 * workload, the first point in which most designs passed. Never NULL.
 */
const struct point *headline_point(const struct report_sweep *sweep);

/* {"point", "fastest": see fastest.h, "words": what the ratio of the fastest is of} */
json_t *headline_json(const struct report_sweep *sweep);

#endif
