/* SPDX-License-Identifier: MIT */
/* A sweep read back from its benchmark.json: one point for each run, over its repetitions. */
#ifndef HARNESS_RESULTS_SWEEP_H
#define HARNESS_RESULTS_SWEEP_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"

/* Until harness/report has replaced this one, both loaders are in the program. */
#define sweep_load old_points_load
#define sweep_free old_points_free

struct sweep_point {
	char *name; /* workload/impl/threads:N/devices:N/groups:N and more */
	char *workload;
	char *impl;
	char *rest;     /* behind the implementation: equal for runs that can be compared */
	char *topology; /* NULL: a uniform shape */
	char *machine;  /* of a merged sweep; NULL: the sweep's only one */
	unsigned int threads;
	unsigned int devices; /* of the largest group */
	unsigned int groups;
	char *unit;
	char *failure; /* of the first repetition that failed; then nothing else counts */
	size_t nr_runs;
	double median; /* items per second, over repetitions */
	double low;    /* its interval, see stats.h; the median itself of one repetition */
	double high;
	double ceiling_ratio; /* to the ceiling's median at the same point; NAN without one */
	json_t *repetitions;  /* benchmark.json's objects */
};

struct sweep {
	struct sweep_point *points;
	size_t nr_points;
};

/* Whether it is the ceiling's; and whether two agree in all but the implementation. */
bool sweep_is_ceiling(const struct sweep_point *point);
bool sweep_same_place(const struct sweep_point *a, const struct sweep_point *b);

/* 0, or -1 with an error that names the file. */
int sweep_load(const char *dir, struct sweep *sweep, struct error *err);
void sweep_free(struct sweep *sweep);

/* One of their numbers over the repetitions, in the file's order; to be freed, NULL without memory.
 */
double *sweep_samples(const struct sweep_point *point, const char *counter, size_t *nr);

/* The same, sorted. */
double *sweep_values(const struct sweep_point *point, const char *counter, size_t *nr);

/* The median over repetitions of one of their numbers; NAN where there is none. */
double sweep_counter(const struct sweep_point *point, const char *counter);

#endif
