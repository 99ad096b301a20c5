/* SPDX-License-Identifier: MIT */
/* The runs of a sweep by point: runs that agree in all but the implementation are compared. */
#ifndef HARNESS_REPORT_POINT_H
#define HARNESS_REPORT_POINT_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/record/sweep.h"
#include "harness/report/number.h"
#include "harness/stats/ratio.h"

/* What the runs of a point are judged by. */
struct point_quantity {
	const char *metric;
	const char *name;  /* "throughput" or "time" */
	const char *about; /* of a time, behind "time": "to the last bind" */
	bool less;         /* is better */
};

/* One implementation at a point, with its values by round: in nanoseconds if they are times. */
struct point_run {
	const struct sweep_run *run;
	double *values;
	unsigned int *rounds;
	size_t nr;
	double median; /* NAN if it failed */
	bool compared; /* it passed, and may be ranked or is the baseline */
};

struct point {
	char *id;                   /* unique in the sweep: "share-threads2-devices8-groups1-ops" */
	const struct run_id *where; /* of the first run */
	const struct point_quantity *quantity;
	struct point_run *runs; /* those that passed, best first; then the failed, by name */
	size_t nr;
	size_t nr_passed;
	const struct point_run *ceiling; /* NULL: not run, or failed */
	const struct point_run *baseline;
	size_t comparisons; /* k (k - 1) / 2 of the k runs that are compared */
};

/* By workload, parameters, threads, devices and groups. */
struct points {
	struct point *list;
	size_t nr;
};

/* The sweep is borrowed. `baseline` is the name of an implementation. */
struct points points_of(const struct sweep *sweep, const char *baseline);
void points_free(struct points *points);

/* Sets the values, rounds and median of a run by one metric; values that it had are not freed. */
void point_run_read(struct point_run *run, const char *metric);

/* NULL: `implementation` was not run here. */
const struct point_run *point_find(const struct point *point, const char *implementation);

/* [ID, ..]; a new reference. */
json_t *point_ids_json(const struct point *const *points, size_t nr);

/* Whether two points agree in workload, path and parameters. */
bool point_same_conditions(const struct point *a, const struct point *b);

/* How many times as good `a` is as `b`: by each round in which both were measured. */
struct round_ratio point_ratio(
    const struct point *point, const struct point_run *a, const struct point_run *b);

/* The format of what the point is judged by. */
number_format *point_format(const struct point *point);

/* -- in words -- */

/* "2 threads, 1 group of 8 devices" */
struct text point_place(const struct point *point);

/* "path ops, hold 100 ns, gap 0"; the path is left out if !`path`. */
struct text point_conditions(const struct point *point, bool path);

/* "pairs per second"; "time to the last bind: less is better" */
struct text point_quantity_words(const struct point *point);

/* "pairs/s"; "" of a time, whose figures have their unit. */
struct text point_unit(const struct point *point);

#endif
