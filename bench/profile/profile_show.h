/* SPDX-License-Identifier: MIT */
/* Prints perf's findings as short tables on stdout. */
#ifndef BENCH_PROFILE_PROFILE_SHOW_H
#define BENCH_PROFILE_PROFILE_SHOW_H

#include "bench/profile/profile.h"

/* Prints the findings of a profile. `data` is the file that perf wrote, `log` the file for its
 * messages. Returns 0, or -1 with the error set. */
int profile_show(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const char *data, const char *log, struct error *err);

#endif
