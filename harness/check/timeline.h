/* SPDX-License-Identifier: MIT */
/* The window of a refuted history as data for a page: plots/report/timeline.html draws a row for
 * each thread and a bar for each operation. */
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
