/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_CLOCK_H
#define HARNESS_MEASURE_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_read(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* Monotonic time in nanoseconds, comparable between CPUs. */
static inline uint64_t clock_ns(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

/* Returns the seconds that have passed since clock_ns() returned `start`. */
static inline double clock_seconds_since(uint64_t start)
{
	return (double)(clock_ns() - start) * 1e-9;
}

/* Monotonic time in nanoseconds at the kernel's last tick. It is cheaper to read than clock_ns(),
 * but up to some milliseconds old. */
static inline uint64_t clock_coarse_ns(void)
{
	return clock_read(CLOCK_MONOTONIC_COARSE);
}

/* CPU time of the calling thread in nanoseconds. */
static inline uint64_t clock_thread_cpu_ns(void)
{
	return clock_read(CLOCK_THREAD_CPUTIME_ID);
}

#endif
