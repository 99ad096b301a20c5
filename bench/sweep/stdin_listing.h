/* SPDX-License-Identifier: MIT */
/* Saves a listing that was read from standard input in the sweep's directory, where --resume finds
 * it. */
#ifndef BENCH_SWEEP_STDIN_LISTING_H
#define BENCH_SWEEP_STDIN_LISTING_H

#include <stdbool.h>

#include "bench/sweep/plan.h"
#include "harness/record/sweep_dir.h"

/* Returns whether --topology=- was given. */
bool stdin_listing_asked_for(const struct plan_request *request);

/* Writes the plan's listing into the directory. Returns 0, or -1 with the error set. */
int stdin_listing_keep(const struct sweep_dir *dir, const struct plan *plan, struct error *err);

/* Returns the path of the file that stdin_listing_keep() wrote into `dir`, for the caller to free.
 */
char *stdin_listing_path(const char *dir);

#endif
