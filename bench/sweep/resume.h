/* SPDX-License-Identifier: MIT */
/* A sweep that was interrupted goes on: with its own options, by the same build, on as many CPUs of
 * the same machine; what is in its journal is not measured again. */
#ifndef BENCH_SWEEP_RESUME_H
#define BENCH_SWEEP_RESUME_H

#include <jansson.h>

#include "bench/sweep/plan_points.h"
#include "bench/sweep/schedule.h"
#include "harness/error.h"
#include "harness/record/sweep.h"

/* Whether `environment`, of this build on this machine, is what the sweep began in: 0, or -1 with
 * an error that names the difference. */
int resume_check(const char *dir, const json_t *environment, struct error *err);

/* Tells the schedule of all repetitions that were measured before. */
void resume_schedule(
    struct schedule *schedule, const struct plan_points *points, const struct sweep *before);

/* Seconds since the sweep began when its last repetition ended. */
double resume_elapsed(const struct sweep *before);

#endif
