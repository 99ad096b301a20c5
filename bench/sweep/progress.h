/* SPDX-License-Identifier: MIT */
/* One line on a terminal: which run, how far, how long still. Nothing in a pipe. */
#ifndef BENCH_SWEEP_PROGRESS_H
#define BENCH_SWEEP_PROGRESS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
	FILE *terminal; /* or NULL */
	size_t total;
	size_t done;
	uint64_t start_ns;
	double expected; /* seconds of one run, until some have been done */
};

/*
 * The terminal for a line of progress: standard error, or if that is none (as it goes to a log) the
 * descriptor that OWNBENCH_PROGRESS_FD names. NULL if neither is a terminal.
 */
FILE *progress_terminal(void);

void progress_start(struct progress *progress, size_t total, double expected);
void progress_show(const struct progress *progress, const char *name);
void progress_done(struct progress *progress);

/* Another line, made by the caller: how far it is, and how long still. */
void progress_line(
    const struct progress *progress, const char *done, double seconds_left, const char *name);

/* Takes the line away, so that others may write. */
void progress_clear(const struct progress *progress);

#endif
