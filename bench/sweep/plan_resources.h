/* SPDX-License-Identifier: MIT */
/* Topologies and placements of threads, which runs of a plan share: each is made once, and lives as
 * long as the plan. */
#ifndef BENCH_SWEEP_PLAN_RESOURCES_H
#define BENCH_SWEEP_PLAN_RESOURCES_H

#include "bench/sweep/plan.h"

/* All return NULL with the error set on failure. */
const struct topology *plan_uniform_topology(
    struct plan *plan, unsigned int groups, unsigned int devices, struct error *err);

/* The listing in the file; one of several, whose names differ. */
const struct topology *plan_listed_topology(struct plan *plan, const char *path, struct error *err);

/* The only topology of the plan that is not uniform. `path`: --topology; NULL: this machine's
 * groups, or a listing that came with the program where it has none. */
const struct topology *plan_real_topology(struct plan *plan, const char *path, struct error *err);

const struct pin_plan *plan_pins(
    struct plan *plan, enum pin_policy policy, unsigned int threads, struct error *err);

void plan_resources_free(struct plan *plan);

#endif
