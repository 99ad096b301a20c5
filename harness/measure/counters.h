/* SPDX-License-Identifier: MIT */
/* Performance counters of one thread, by perf_event_open(). A count covers the calling thread
 * between enable and disable. Event names are resolved by events.h. */
#ifndef HARNESS_MEASURE_COUNTERS_H
#define HARNESS_MEASURE_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <perfmon/perf_event.h>

enum { COUNTERS_MAX = 16 };

/* An event to be counted. */
struct counter {
	char name[64];   /* name as given by --events */
	char event[192]; /* libpfm's full name; empty: this CPU does not have the event */
	struct perf_event_attr attr;
};

struct counter_list {
	struct counter counters[COUNTERS_MAX];
	size_t nr;
};

/* Value of one counter. running_ns is less than enabled_ns if the counter was multiplexed. */
struct count {
	uint64_t value;
	uint64_t enabled_ns;
	uint64_t running_ns; /* time in which it counted; 0: it never did */
};

/* One thread's open counters. */
struct counter_fds {
	int fds[COUNTERS_MAX];
	size_t nr; /* number of open counters */
};

/* Opens all events of the list for the calling thread, disabled. Returns 0, or a negative errno
 * with none left open. */
int counters_open(struct counter_fds *fds, const struct counter_list *list);

/* Enables or disables all counters by one system call, or none if no counter is open. Called by the
 * thread that opened them. */
void counters_enable(const struct counter_fds *fds);
void counters_disable(const struct counter_fds *fds);

/* Reads all counters. Returns 0, or a negative errno with all of counts[] zeroed. */
int counters_read(const struct counter_fds *fds, struct count *counts);
void counters_close(struct counter_fds *fds);

/* Returns the value extrapolated to the whole enabled time, or NAN if the counter never ran. */
double count_scaled(const struct count *count);

/* Returns the fraction of the enabled time in which the counter was multiplexed out: 0 to 1. */
double count_multiplexed(const struct count *count);

/* Raises RLIMIT_NOFILE for the counters of nr_threads threads, as far as the hard limit allows. */
void counters_reserve(const struct counter_list *list, unsigned int nr_threads);

#endif
