/* SPDX-License-Identifier: MIT */
#include "bench/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "harness/measure/clock.h"

void progress_start(struct progress *progress, size_t total, double expected)
{
	*progress = (struct progress){
	    .terminal = isatty(STDERR_FILENO),
	    .total = total,
	    .start_ns = clock_ns(),
	    .expected = expected,
	};
}

static double seconds_left(const struct progress *progress)
{
	double each = progress->expected;

	if (progress->done)
		each = (double)(clock_ns() - progress->start_ns) * 1e-9 / (double)progress->done;
	return each * (double)(progress->total - progress->done);
}

void progress_line(
    const struct progress *progress, const char *done, double seconds_left, const char *name)
{
	const unsigned int left = (unsigned int)(seconds_left + 0.5);

	if (!progress->terminal)
		return;
	fprintf(stderr, "\r\033[K[%s, %u:%02u left] %.60s", done, left / 60, left % 60, name);
	fflush(stderr);
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
	fputs("\r\033[K", stderr);
	fflush(stderr);
}
