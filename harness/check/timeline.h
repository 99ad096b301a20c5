/* SPDX-License-Identifier: MIT */
/* The window of a refuted history as the data of a page: plots/report/timeline.html draws a row for
 * each thread, and a bar for each operation. */
#ifndef HARNESS_CHECK_TIMELINE_H
#define HARNESS_CHECK_TIMELINE_H

#include <jansson.h>

#include "harness/check/linearize.h"

/*
 * {"title", "reason", "window", "operations": [{"thread", "name", "result", "outcome": "granted",
 * "refused", "pending" or "unexplained", "call", "return"}..]}; times are in nanoseconds from the
 * first call, and null if the operation has not returned. A new reference.
 */
json_t *timeline_json(const struct history *history, const struct history_verdict *verdict);

#endif
