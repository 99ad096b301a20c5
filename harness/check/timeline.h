/* SPDX-License-Identifier: MIT */
/* Converts the window of a refuted history to JSON. plots/report/timeline.html draws it, with a row
 * per thread and a bar per operation. */
#ifndef HARNESS_CHECK_TIMELINE_H
#define HARNESS_CHECK_TIMELINE_H

#include <jansson.h>

#include "harness/check/linearize.h"

/*
 * Returns a new reference to {"title", "reason", "window", "operations": [{"thread", "name",
 * "result", "outcome": "granted", "refused", "pending" or "unexplained", "call", "return"}..]}.
 * Times are in nanoseconds since the first call; "return" is null if the operation has not
 * returned.
 */
json_t *timeline_json(const struct history *history, const struct history_verdict *verdict);

#endif
