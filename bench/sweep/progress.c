/* SPDX-License-Identifier: MIT */
#include "bench/sweep/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/measure/clock.h"

static FILE *find_terminal(void)
{
	const char *fd = getenv("OWNBENCH_PROGRESS_FD");

	if (isatty(STDERR_FILENO))
		return stderr;
	/* A descriptor has one digit, because shells redirect no others. */
	if (!fd || *fd < '3' || *fd > '9' || fd[1] || !isatty(*fd - '0'))
		return NULL;
	return fdopen(*fd - '0', "w");
}

FILE *progress_terminal(void)
{
	static FILE *terminal;
	static bool found;

	if (!found)
		terminal = find_terminal();
	found = true;
	return terminal;
}

void progress_start(struct progress *progress, size_t total, double expected)
{
	*progress = (struct progress){
	    .terminal = progress_terminal(),
	    .total = total,
	    .start_ns = clock_ns(),
	    .expected = expected,
	};
}

static double seconds_left(const struct progress *progress)
{
	double each = progress->expected;

	if (progress->done)
		each = clock_seconds_since(progress->start_ns) / (double)progress->done;
	return each * (double)(progress->total - progress->done);
}

void progress_line(
    const struct progress *progress, const char *done, double seconds_left, const char *name)
{
	const unsigned int left = (unsigned int)(seconds_left + 0.5);

	if (!progress->terminal)
		return;
	fprintf(progress->terminal, "\r\033[K[%s, %u:%02u left] %.60s", done, left / 60, left % 60,
	    name);
	fflush(progress->terminal);
}

void progress_show(const struct progress *progress, const char *name)
{
	char done[64];

	snprintf(done, sizeof(done), "%zu/%zu", progress->done + 1, progress->total);
	progress_line(progress, done, seconds_left(progress), name);
}

void progress_done(struct progress *progress)
{
	progress->done++;
}

void progress_clear(const struct progress *progress)
{
	if (!progress->terminal)
		return;
	fputs("\r\033[K", progress->terminal);
	fflush(progress->terminal);
}
