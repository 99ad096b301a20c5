/* SPDX-License-Identifier: MIT */
/* What a hypervisor took away: time in which a CPU of a guest had work and did not run. */
#ifndef HARNESS_ENV_STEAL_H
#define HARNESS_ENV_STEAL_H

#include "harness/env/root.h"

/* Seconds since the machine started, over all CPUs that this process may use. */
struct steal {
	double stolen;
	double all;
};

/* `root` NULL is this machine. 0, or -1 where it is not told. */
int steal_read(const struct env_root *root, struct steal *steal);

/* From one reading to a later one. */
struct steal steal_between(const struct steal *before, const struct steal *after);

/* Of all the time, in percent; NAN where none has passed: the kernel counts in ticks. */
double steal_percent(const struct steal *steal);

#endif
