/* SPDX-License-Identifier: MIT */
/* sweep.json: how a sweep was asked for. */
#ifndef BENCH_SWEEP_SETTINGS_H
#define BENCH_SWEEP_SETTINGS_H

#include <jansson.h>
#include <stdint.h>

#include "bench/sweep/run_options.h"
#include "bench/sweep/schedule.h"

/* Returns a new reference; NULL with the error set if the command line is not UTF-8. */
json_t *settings_json(const struct run_options *options, const struct schedule_goal *goal, int argc,
    char *const *argv, struct error *err);

/* The goal of the sweep's rounds: by the options, and by what sweep.json holds of a sweep that is
 * resumed, else NULL. Without --order-seed a new sweep draws its seed. */
struct schedule_goal settings_goal(const struct run_options *options, const json_t *settings);

/* The sweep's own arguments, to be freed by settings_free_arguments(); NULL with the error set. */
char **settings_arguments(const char *dir, int *argc, struct error *err);
void settings_free_arguments(char **argv);

#endif
