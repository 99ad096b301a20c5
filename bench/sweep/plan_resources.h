/* SPDX-License-Identifier: MIT */
/* Topologies and pin plans, which a plan's runs share. Each is created once and lives as long as
 * the plan. */
#ifndef BENCH_SWEEP_PLAN_RESOURCES_H
#define BENCH_SWEEP_PLAN_RESOURCES_H

#include "bench/sweep/plan.h"

/* These functions return NULL with the error set on failure. */
const struct topology *plan_uniform_topology(
    struct plan *plan, unsigned int groups, unsigned int devices, struct error *err);

/* Returns the topology of the listing in that file. Several listings of a plan have different
 * names. */
const struct topology *plan_listed_topology(struct plan *plan, const char *path, struct error *err);

/* Returns the plan's only non-uniform topology. `path` is the argument of --topology. If it is
 * NULL, the groups are this machine's, or if it has none, those of a listing that came with the
 * program. */
const struct topology *plan_real_topology(struct plan *plan, const char *path, struct error *err);

const struct pin_plan *plan_pins(
    struct plan *plan, enum pin_policy policy, unsigned int threads, struct error *err);

void plan_resources_free(struct plan *plan);

#endif
