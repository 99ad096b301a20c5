/* SPDX-License-Identifier: MIT */
/* What perf has written, as short tables on stdout. */
#ifndef BENCH_PROFILE_PROFILE_SHOW_H
#define BENCH_PROFILE_PROFILE_SHOW_H

#include "bench/profile/profile.h"

/* `data` is perf's file, `log` the one for its messages. 0, or -1 with the error set. */
int profile_show(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const char *data, const char *log, struct error *err);

#endif
