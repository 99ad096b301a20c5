/* SPDX-License-Identifier: MIT */
/* The point that answers a sweep's question, and its answer in words. */
#ifndef HARNESS_REPORT_HEADLINE_H
#define HARNESS_REPORT_HEADLINE_H

#include "harness/report/report_sweep.h"

/* {"point": its ID, "fastest": see fastest.h, "words": what the ratio of the fastest is of}. A new
 * reference. */
json_t *headline_json(const struct report_sweep *sweep);

#endif
