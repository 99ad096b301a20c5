/* SPDX-License-Identifier: MIT */
/* Performance counters of one thread, opened by perf_event_open(). They count what the thread does
 * between enable and disable. events.h resolves the names of events. */
#ifndef HARNESS_MEASURE_COUNTERS_H
#define HARNESS_MEASURE_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <perfmon/perf_event.h>

enum { COUNTERS_MAX = 16 };

/* An event to be counted. */
struct counter {
	char name[64];   /* as given to --events */
	char event[192]; /* libpfm's full name; empty: this CPU lacks the event */
	struct perf_event_attr attr;
};

struct counter_list {
	struct counter counters[COUNTERS_MAX];
	size_t nr;
};

/* The value of one counter. If the counter was multiplexed, running_ns is less than enabled_ns. */
struct count {
	uint64_t value;
	uint64_t enabled_ns;
	uint64_t running_ns; /* time during which it counted; 0: it never did */
};

/* The open counters of one thread. */
struct counter_fds {
	int fds[COUNTERS_MAX];
	size_t nr;
};

/* Opens disabled counters of the calling thread for all events in the list. Returns 0, or a
 * negative errno with no counter left open. */
int counters_open(struct counter_fds *fds, const struct counter_list *list);

/* Enable or disable all counters by one system call; no call is made if no counter is open. Must be
 * called by the thread that opened them. */
void counters_enable(const struct counter_fds *fds);
void counters_disable(const struct counter_fds *fds);

/* Reads all counters. Returns 0, or a negative errno with all of counts[] zeroed. */
int counters_read(const struct counter_fds *fds, struct count *counts);
void counters_close(struct counter_fds *fds);

/* Returns the value, extrapolated to the whole enabled time. NAN if the counter never ran. */
double count_scaled(const struct count *count);

/* Returns the fraction of the enabled time, from 0 to 1, in which the counter did not run. */
double count_multiplexed(const struct count *count);

/* Raises RLIMIT_NOFILE, as far as the hard limit allows, for the counters of all threads. */
void counters_reserve(const struct counter_list *list, unsigned int nr_threads);

#endif
