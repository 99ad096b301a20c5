/* SPDX-License-Identifier: MIT */
/* Reads and writes sweep.json, which has the options with which a sweep was started. */
#ifndef BENCH_SWEEP_SETTINGS_H
#define BENCH_SWEEP_SETTINGS_H

#include <jansson.h>
#include <stdint.h>

#include "bench/sweep/run_options.h"
#include "bench/sweep/schedule.h"

/* Returns the content of sweep.json as a new reference, or NULL with the error set if the command
 * line is not UTF-8. */
json_t *settings_json(const struct run_options *options, const struct schedule_goal *goal, int argc,
    char *const *argv, struct error *err);

/* Returns the goal of a sweep's rounds. `settings` is the sweep.json of a resumed sweep, or NULL
 * for a new sweep, whose seed is drawn unless --order-seed was given. */
struct schedule_goal settings_goal(const struct run_options *options, const json_t *settings);

/* Returns the arguments with which the sweep in `dir` was started, from its sweep.json, and sets
 * *argc. Returns NULL with the error set if they cannot be read. Free them with
 * settings_free_arguments(). */
char **settings_arguments(const char *dir, int *argc, struct error *err);
void settings_free_arguments(char **argv);

#endif
