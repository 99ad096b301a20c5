/* SPDX-License-Identifier: MIT */
/* A sweep that was interrupted goes on: with its own options, by the same build, on as many CPUs of
 * the same machine; what is in its journal is not measured again. */
#ifndef BENCH_SWEEP_RESUME_H
#define BENCH_SWEEP_RESUME_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"

/* The sweep's own arguments, to be freed by resume_free_arguments(); NULL with the error set. */
char **resume_arguments(const char *dir, int *argc, struct error *err);
void resume_free_arguments(char **argv);

/* Whether `environment`, of this build on this machine, is what the sweep began in: 0, or -1 with
 * an error that names the difference. */
int resume_check(const char *dir, const json_t *environment, struct error *err);

#endif
