/* SPDX-License-Identifier: MIT */
/* One line on a terminal: which run, how far, how long still. Nothing in a pipe. */
#ifndef BENCH_PROGRESS_H
#define BENCH_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	bool terminal;
	size_t total;
	size_t done;
	uint64_t start_ns;
	double expected; /* seconds of one run, until some have been done */
};

void progress_start(struct progress *progress, size_t total, double expected);
void progress_show(const struct progress *progress, const char *name);
void progress_done(struct progress *progress);

/* Another line, made by the caller: how far it is, and how long still. */
void progress_line(
    const struct progress *progress, const char *done, double seconds_left, const char *name);

/* Takes the line away, so that others may write. */
void progress_clear(const struct progress *progress);

#endif
