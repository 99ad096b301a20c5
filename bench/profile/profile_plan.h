/* SPDX-License-Identifier: MIT */
/* Plans the single run that is profiled. */
#ifndef BENCH_PROFILE_PROFILE_PLAN_H
#define BENCH_PROFILE_PROFILE_PLAN_H

#include "bench/profile/profile.h"

/* Handles the arguments IMPL and WORKLOAD like --impl and --workload of `ownbench run`. Returns 0,
 * or -1 with the error set. */
int profile_take_arguments(struct profile *profile, char *const *arguments, struct error *err);

/* Makes a plan of one run. Returns 0, or -1 with the error set. */
int profile_plan(struct profile *profile, struct plan *plan, struct error *err);

#endif
