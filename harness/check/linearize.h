/* SPDX-License-Identifier: MIT */
/*
 * Linearizability of a history against the table of its family in spec.h, group by group, or
 * provider or device: these are independent
 * (Horn and Kroening, "Faster linearizability checking via P-compositionality", 2015).
 *
 * The check sweeps time and keeps only the frontier: every state that the group may be in now, with
 * the open operations that have taken effect already. An operation takes effect no sooner than some
 * return asks for it (Lowe, "Testing for linearizability", 2017). Memory is linear in the history.
 */
#ifndef HARNESS_CHECK_LINEARIZE_H
#define HARNESS_CHECK_LINEARIZE_H

#include "harness/check/history.h"

enum history_spec {
	HISTORY_EXACT,
	HISTORY_CAUTIOUS, /* a refusal is right at any time */
};

enum history_judgement {
	HISTORY_LEGAL,
	HISTORY_ILLEGAL,
	HISTORY_UNDECIDED, /* the reason says why */
};

/* What is known of the state at the beginning of the window. */
enum history_window {
	WINDOW_ANY_STATE, /* nothing, and no state explains it */
	WINDOW_FROM_IDLE, /* it is the beginning: nothing was before, which is part of the argument
	                   */
	WINDOW_CUT,       /* it is the end of one that is too long to search: some state may explain
	                     what is left */
};

struct history_verdict {
	enum history_judgement judgement;
	char reason[160]; /* of what is not legal */
	uint32_t group;   /* the first that is not, or provider or device: */
	const char *object;

	/* Illegal: the operation whose return nothing explains, and the shortest window up to it
	 * that no state at its beginning explains; indices of history->ops, by call. Owned. */
	size_t culprit;
	size_t *window;
	size_t nr_window;
	enum history_window start;
};

/* 0, or -1: no memory. Free the verdict in both cases. */
int history_check(
    const struct history *history, enum history_spec spec, struct history_verdict *verdict);
void history_verdict_free(struct history_verdict *verdict);

/* What the window shows and what it does not, in one line; for people. */
const char *history_window_says(enum history_window start);

/* Prints the window, an operation a line, behind what it shows. */
void history_print_window(
    FILE *out, const struct history *history, const struct history_verdict *verdict);

#endif
