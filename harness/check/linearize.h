/* SPDX-License-Identifier: MIT */
/*
 * Checks a history for linearizability against its family's specification in spec.h. Objects
 * (groups, providers or devices) are independent, and are checked one by one (Horn and Kroening,
 * "Faster linearizability checking via P-compositionality", 2015).
 *
 * The check sweeps over time, and keeps only the frontier: every state that the object may be in
 * now, with the open operations that have already taken effect. An operation takes effect no sooner
 * than some return requires it (Lowe, "Testing for linearizability", 2017). Memory use is linear in
 * the size of the history.
 */
#ifndef HARNESS_CHECK_LINEARIZE_H
#define HARNESS_CHECK_LINEARIZE_H

#include "harness/check/history.h"

enum history_spec {
	HISTORY_EXACT,
	HISTORY_CAUTIOUS, /* a refusal is legal in any state */
};

enum history_judgement {
	HISTORY_LEGAL,
	HISTORY_ILLEGAL,
	HISTORY_UNDECIDED, /* verdict->reason says why */
};

/* The verdict on a window. */
enum history_window {
	WINDOW_ANY_STATE, /* no state at its start explains the window */
	/* The window starts with the history, in the idle state; no order explains it. */
	WINDOW_FROM_IDLE,
	WINDOW_CUT, /* the window is truncated: some state at its start may explain it */
};

struct history_verdict {
	enum history_judgement judgement;
	char reason[160];   /* why the history is not legal */
	uint32_t group;     /* the first object that is not legal */
	const char *object; /* "group", "provider" or "device" */

	/*
	 * HISTORY_ILLEGAL: the operation whose result nothing explains, and the shortest window up
	 * to this operation that no state at its start explains. Both are indices of history->ops;
	 * the window is sorted by call. The verdict owns the window.
	 */
	size_t culprit;
	size_t *window;
	size_t nr_window;
	enum history_window start;
};

/* Checks the history. Returns 0, or -1 if memory is short. The caller frees the verdict in both
 * cases. */
int history_check(
    const struct history *history, enum history_spec spec, struct history_verdict *verdict);
void history_verdict_free(struct history_verdict *verdict);

/* Returns one line that explains what the window shows. */
const char *history_window_says(enum history_window start);

/* Prints what the window shows, and then its operations, one a line. */
void history_print_window(
    FILE *out, const struct history *history, const struct history_verdict *verdict);

#endif
