/* SPDX-License-Identifier: MIT */
/* First-touch configuration in the program: its workloads. */
#ifndef BENCH_CONFIGURE_CONFIGURE_H
#define BENCH_CONFIGURE_CONFIGURE_H

#include "bench/families/workload.h"
#include "harness/configure/configure.h"

/* Of the build, up to a NULL. */
extern const struct instance *const configure_instances[];

extern const struct workload configure_workloads[];
extern const struct workload configure_race;

#endif
