/* SPDX-License-Identifier: MIT */
/* Steal time: a virtual CPU was runnable, but the hypervisor did not run it. */
#ifndef HARNESS_ENV_STEAL_H
#define HARNESS_ENV_STEAL_H

#include "harness/env/root.h"

/* Seconds since boot, over all CPUs that this process may use. */
struct steal {
	double stolen; /* steal time */
	double all;    /* all time, steal time included */
};

/* Reads the counters. `root` NULL: this machine. Returns 0, or -1 if they are not available. */
int steal_read(const struct env_root *root, struct steal *steal);

/* Returns the difference between two readings. */
struct steal steal_between(const struct steal *before, const struct steal *after);

/* Returns steal time in percent of all CPU time. NAN if no tick has passed between the readings. */
double steal_percent(const struct steal *steal);

#endif
