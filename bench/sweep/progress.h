/* SPDX-License-Identifier: MIT */
/* A line on the terminal that shows the current run, the progress, and the time left. Nothing is
 * printed if there is no terminal. */
#ifndef BENCH_SWEEP_PROGRESS_H
#define BENCH_SWEEP_PROGRESS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
	FILE *terminal; /* NULL if there is no terminal */
	size_t total;
	size_t done;
	uint64_t start_ns;
	double expected; /* estimated seconds per run, used until the first run is done */
};

/* Returns the terminal for the progress line: standard error, or if that is not a terminal (but a
 * log file, for example), the descriptor that OWNBENCH_PROGRESS_FD names. Returns NULL if neither
 * is a terminal. */
FILE *progress_terminal(void);

void progress_start(struct progress *progress, size_t total, double expected);
void progress_show(const struct progress *progress, const char *name);
void progress_done(struct progress *progress);

/* Prints a progress line from the caller's description of what is done and the caller's estimate of
 * the seconds left. */
void progress_line(
    const struct progress *progress, const char *done, double seconds_left, const char *name);

/* Erases the line, so that other output can be printed. */
void progress_clear(const struct progress *progress);

#endif
