/* SPDX-License-Identifier: MIT */
#include "harness/check/timeline.h"

#include <inttypes.h>

static const char *outcome_of(const struct history_op *op)
{
	if (op->ret == HISTORY_PENDING)
		return "pending";
	return op->result < 0 ? "refused" : "granted";
}

static json_t *name_json(const struct history_op *op)
{
	if (op->owner)
		return json_sprintf("%s by %" PRIu32, history_kind_name(op->kind), op->owner);
	return json_string(history_kind_name(op->kind));
}

/* Returns the time in nanoseconds since the window's start, or null for HISTORY_PENDING. */
static json_t *moment_json(uint64_t moment, uint64_t start)
{
	return moment == HISTORY_PENDING ? json_null() : json_integer((json_int_t)(moment - start));
}

static json_t *operation_json(const struct history_op *op, uint64_t start, bool culprit)
{
	const bool pending = op->ret == HISTORY_PENDING;

	return json_pack("{s:i, s:o, s:s, s:s, s:o, s:o}", "thread", (int)op->thread, "name",
	    name_json(op), "result", pending ? "pending" : history_result(op).text, "outcome",
	    culprit ? "unexplained" : outcome_of(op), "call", moment_json(op->call, start),
	    "return", moment_json(op->ret, start));
}

/* Returns the window's operations. Times start at the call of the first one, which is the
 * earliest. */
json_t *timeline_json(const struct history *history, const struct history_verdict *verdict)
{
	json_t *operations = json_array();
	const uint64_t start = verdict->nr_window ? history->ops[verdict->window[0]].call : 0;

	for (size_t i = 0; i < verdict->nr_window; i++) {
		const size_t index = verdict->window[i];

		json_array_append_new(operations,
		    operation_json(&history->ops[index], start, index == verdict->culprit));
	}
	return json_pack("{s:o, s:s, s:s, s:o}", "title",
	    json_sprintf("%s %" PRIu32, verdict->object, verdict->group), "reason", verdict->reason,
	    "window", history_window_says(verdict->start), "operations", operations);
}
