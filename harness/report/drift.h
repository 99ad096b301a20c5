/* SPDX-License-Identifier: MIT */
/* Whether the machine changed while a sweep went on: the ceiling, which no design has a part in, is
 * measured in every round. */
#ifndef HARNESS_REPORT_DRIFT_H
#define HARNESS_REPORT_DRIFT_H

#include <stdbool.h>

#include "harness/record/sweep.h"
#include "harness/report/number.h"
#include "harness/stats/ratio.h"

struct drift {
	size_t nr;    /* measurements of the ceiling that were looked at */
	bool known;   /* there were enough of them */
	bool drifted; /* the 99% interval excludes 1, and the ratio is 2% or more from it */
	struct round_ratio ratio; /* the second half of the sweep's time over the first */
};

struct drift drift_of(const struct sweep *sweep);

/* "the ceiling was +5.2% (+4.1% to +6.3%) in the second half of the sweep", or that it did nothing
 * in a part of it. Only if it is known. */
struct text drift_words(const struct drift *drift);

/* {"measurements", "drifted", "ratio", "low", "high"}: all but the first null if it is unknown. */
json_t *drift_json(const struct drift *drift);

#endif
