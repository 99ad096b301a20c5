/* SPDX-License-Identifier: MIT */
/*
 * Checks a history for linearizability against its family's specification in spec.h. Objects
 * (groups, providers or devices) are independent, so each is checked separately (Horn and Kroening,
 * "Faster linearizability checking via P-compositionality", 2015).
 *
 * The check processes calls and returns in order of time. It keeps only the frontier: every state
 * that the object may be in now, with the open operations that have already taken effect. An
 * operation takes effect only when some return requires it (Lowe, "Testing for linearizability",
 * 2017). Memory use is linear in the size of the history.
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

/* What the window of an illegal history proves. */
enum history_window {
	WINDOW_ANY_STATE, /* no state at the window's start explains its results */
	/* The window begins with the first operation, in the idle state. No order explains its
	 * results. */
	WINDOW_FROM_IDLE,
	WINDOW_CUT, /* the window was cut: some state at its start may explain its results */
};

struct history_verdict {
	enum history_judgement judgement;
	char reason[160];   /* why the history is illegal or undecided */
	uint32_t group;     /* the first illegal object, or an undecided one */
	const char *object; /* "group", "provider" or "device" */

	/*
	 * If HISTORY_ILLEGAL: the first operation whose result no order explains, and the shortest
	 * window up to its return that no state at the window's start explains. Both are indices
	 * into history->ops. The window is sorted by call, and the verdict owns it.
	 */
	size_t culprit;
	size_t *window;
	size_t nr_window;
	enum history_window start;
};

/* Checks the history. Returns 0, or -1 if out of memory. The caller must call
 * history_verdict_free() in both cases. */
int history_check(
    const struct history *history, enum history_spec spec, struct history_verdict *verdict);
void history_verdict_free(struct history_verdict *verdict);

/* Returns one line that explains what the window proves. */
const char *history_window_says(enum history_window start);

/* Prints what the window proves, and then one operation per line. */
void history_print_window(
    FILE *out, const struct history *history, const struct history_verdict *verdict);

#endif
