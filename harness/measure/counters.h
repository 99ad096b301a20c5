/* SPDX-License-Identifier: MIT */
/*
 * Performance counters of one thread, through perf_event_open. Which events there are is the matter
 * of events.h; a count is of the calling thread, between enable and disable.
 */
#ifndef HARNESS_MEASURE_COUNTERS_H
#define HARNESS_MEASURE_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <perfmon/perf_event.h>

enum { COUNTERS_MAX = 16 };

/* An event to be counted. */
struct counter {
	char name[64];   /* as it was asked for */
	char event[192]; /* as libpfm calls it; empty: this CPU has none of that name */
	struct perf_event_attr attr;
};

struct counter_list {
	struct counter counters[COUNTERS_MAX];
	size_t nr;
};

/* What came of one counter. It ran for less time than it was enabled if it had to share. */
struct count {
	uint64_t value;
	uint64_t enabled_ns;
	uint64_t running_ns; /* 0: nothing was counted */
};

/* One thread's open counters. */
struct counter_fds {
	int fds[COUNTERS_MAX];
	size_t nr; /* 0: none is open */
};

/* Opens all of the list for the calling thread, disabled. 0, or a negative errno and none open. */
int counters_open(struct counter_fds *fds, const struct counter_list *list);

/* One system call; nothing where none is open. Called by the thread that opened them. */
void counters_enable(const struct counter_fds *fds);
void counters_disable(const struct counter_fds *fds);

/* 0, or a negative errno: then all of counts[] are zero. */
int counters_read(const struct counter_fds *fds, struct count *counts);
void counters_close(struct counter_fds *fds);

/* The value, scaled to all of the time that it was enabled; NAN where it never ran. */
double count_scaled(const struct count *count);

/* The part of the time in which it was enabled and others had the hardware: 0 to 1. */
double count_multiplexed(const struct count *count);

/* Allows this process as many open files as its threads will need, as far as it may. */
void counters_reserve(const struct counter_list *list, unsigned int nr_threads);

#endif
