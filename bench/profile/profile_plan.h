/* SPDX-License-Identifier: MIT */
/* The one run that is profiled. */
#ifndef BENCH_PROFILE_PROFILE_PLAN_H
#define BENCH_PROFILE_PROFILE_PLAN_H

#include "bench/profile/profile.h"

/* Takes IMPL and WORKLOAD as those options of `ownbench run`. Returns 0, or -1 with the error set.
 */
int profile_take_arguments(struct profile *profile, char *const *arguments, struct error *err);

/* Makes a plan of one run. Returns 0, or -1 with the error set. */
int profile_plan(struct profile *profile, struct plan *plan, struct error *err);

#endif
