/* SPDX-License-Identifier: MIT */
/* Steal time: the time in which a virtual CPU was runnable but the hypervisor did not run it. */
#ifndef HARNESS_ENV_STEAL_H
#define HARNESS_ENV_STEAL_H

#include "harness/env/root.h"

/* Seconds since boot, summed over all CPUs that this process may use. */
struct steal {
	double stolen; /* steal time */
	double all;    /* all time, including steal time */
};

/* Reads the counters. A NULL `root` stands for this machine. Returns 0, or -1 if the counters are
 * not available. */
int steal_read(const struct env_root *root, struct steal *steal);

/* Returns the difference between two readings. */
struct steal steal_between(const struct steal *before, const struct steal *after);

/* Returns steal time in percent of all CPU time, or NAN if no time has passed between the
 * readings. */
double steal_percent(const struct steal *steal);

#endif
