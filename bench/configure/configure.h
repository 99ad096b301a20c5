/* SPDX-License-Identifier: MIT */
/* The workloads and implementations of the configure family, in which threads set up a device on
 * its first touch. */
#ifndef BENCH_CONFIGURE_CONFIGURE_H
#define BENCH_CONFIGURE_CONFIGURE_H

#include "bench/families/workload.h"
#include "harness/configure/configure.h"

/* The family's implementations in this build, ended by NULL. */
extern const struct instance *const configure_instances[];

extern const struct workload configure_workloads[];
extern const struct workload configure_race;

#endif
