/* SPDX-License-Identifier: MIT */
/* A progress line on a terminal: the current run, how far it is, and the time left. Nothing is
 * printed into a pipe. */
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
	double expected; /* estimated seconds per run, until the first one is done */
};

/* Returns the terminal for the progress line: standard error, or the descriptor named by
 * OWNBENCH_PROGRESS_FD if standard error is not a terminal, e.g. a log file. Returns NULL if
 * neither is a terminal. */
FILE *progress_terminal(void);

void progress_start(struct progress *progress, size_t total, double expected);
void progress_show(const struct progress *progress, const char *name);
void progress_done(struct progress *progress);

/* Prints a progress line whose parts the caller supplies: what is done, and the seconds left. */
void progress_line(
    const struct progress *progress, const char *done, double seconds_left, const char *name);

/* Erases the line, so that other output can be printed. */
void progress_clear(const struct progress *progress);

#endif
