/* SPDX-License-Identifier: MIT */
/* Checks whether the module may be loaded into the running kernel. */
#ifndef BENCH_KERNEL_HOST_H
#define BENCH_KERNEL_HOST_H

#include "harness/env/root.h"
#include "harness/error.h"

/* Checks by files in /proc and /sys whether this process can load the module and write to debugfs.
 * Loads nothing. The files are below `root`, or those of this machine if it is NULL. `release` is
 * the kernel that the user named, or NULL. Returns 0, or -1 with an error that says what prevents
 * it. */
int kernel_host_check(const struct env_root *root, const char *release, struct error *err);

#endif
