/* SPDX-License-Identifier: MIT */
/* Measures the time that an exploration takes. */
#ifndef EXPLORE_STOPWATCH_H
#define EXPLORE_STOPWATCH_H

#include <time.h>

static inline void stopwatch_start(struct timespec *start)
{
	clock_gettime(CLOCK_MONOTONIC, start);
}

static inline double stopwatch_seconds(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

#endif
