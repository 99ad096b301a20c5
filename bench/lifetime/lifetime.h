/* SPDX-License-Identifier: MIT */
/* The workloads and implementations of the lifetime family. */
#ifndef BENCH_LIFETIME_LIFETIME_H
#define BENCH_LIFETIME_LIFETIME_H

#include "bench/families/workload.h"
#include "harness/lifetime/lifetime.h"

/* The family's implementations in this build, ended by NULL. */
extern const struct instance *const lifetime_instances[];

extern const struct workload lifetime_workloads[];
extern const struct workload lifetime_race;

#endif
