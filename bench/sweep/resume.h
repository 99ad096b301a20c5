/* SPDX-License-Identifier: MIT */
/* Continues an interrupted sweep with its original options. The build, the machine and the number
 * of CPUs must be the same. Repetitions in the journal are not measured again. */
#ifndef BENCH_SWEEP_RESUME_H
#define BENCH_SWEEP_RESUME_H

#include <jansson.h>

#include "bench/sweep/plan_points.h"
#include "bench/sweep/schedule.h"
#include "harness/error.h"
#include "harness/record/sweep.h"

/* Compares `environment`, which describes this build and machine, with the environment in which the
 * sweep began. Returns 0, or -1 with an error that names the difference. */
int resume_check(const char *dir, const json_t *environment, struct error *err);

/* Adds all earlier repetitions to the schedule. */
void resume_schedule(
    struct schedule *schedule, const struct plan_points *points, const struct sweep *before);

/* Returns when the sweep's last repetition ended, in seconds since the sweep began. */
double resume_elapsed(const struct sweep *before);

#endif
