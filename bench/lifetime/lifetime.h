/* SPDX-License-Identifier: MIT */
/* The lifetime of a service in the program: its workloads. */
#ifndef BENCH_LIFETIME_LIFETIME_H
#define BENCH_LIFETIME_LIFETIME_H

#include "bench/families/workload.h"
#include "harness/lifetime/lifetime.h"

/* Of the build, up to a NULL. */
extern const struct instance *const lifetime_instances[];

extern const struct workload lifetime_workloads[];
extern const struct workload lifetime_race;

#endif
