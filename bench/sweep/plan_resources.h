/* SPDX-License-Identifier: MIT */
/* The topologies and pin plans of a plan, which its runs share. Each is created once and lives as
 * long as the plan. */
#ifndef BENCH_SWEEP_PLAN_RESOURCES_H
#define BENCH_SWEEP_PLAN_RESOURCES_H

#include "bench/sweep/plan.h"

/* These functions return NULL with the error set on failure. */
const struct topology *plan_uniform_topology(
    struct plan *plan, unsigned int groups, unsigned int devices, struct error *err);

/* Returns the topology of the listing in the file `path`. A plan can have several listings, which
 * differ in their names. */
const struct topology *plan_listed_topology(struct plan *plan, const char *path, struct error *err);

/* Returns the topology for --topology=PATH, which is then the plan's only non-uniform one. If
 * `path` is NULL, the topology is this machine's, or if this machine has no groups, that of a
 * listing that came with the program. */
const struct topology *plan_real_topology(struct plan *plan, const char *path, struct error *err);

const struct pin_plan *plan_pins(
    struct plan *plan, enum pin_policy policy, unsigned int threads, struct error *err);

void plan_resources_free(struct plan *plan);

#endif
