/* SPDX-License-Identifier: MIT */
/* Measures the CPU time that an exploration takes: its process may be paused, see parts.h. */
#ifndef EXPLORE_STOPWATCH_H
#define EXPLORE_STOPWATCH_H

#include <time.h>

static inline void stopwatch_start(struct timespec *start)
{
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, start);
}

static inline double stopwatch_seconds(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

#endif
