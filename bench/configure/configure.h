/* SPDX-License-Identifier: MIT */
/* The program's part of the family configure (first-touch configuration): its workloads. */
#ifndef BENCH_CONFIGURE_CONFIGURE_H
#define BENCH_CONFIGURE_CONFIGURE_H

#include "bench/families/workload.h"
#include "harness/configure/configure.h"

/* The implementations of this build, ended by NULL. */
extern const struct instance *const configure_instances[];

extern const struct workload configure_workloads[];
extern const struct workload configure_race;

#endif
