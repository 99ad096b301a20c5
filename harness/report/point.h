/* SPDX-License-Identifier: MIT */
/* Groups the runs of a sweep by point. The runs of a point differ only in the implementation, so
 * they can be compared. */
#ifndef HARNESS_REPORT_POINT_H
#define HARNESS_REPORT_POINT_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/record/sweep.h"
#include "harness/report/number.h"
#include "harness/stats/ratio.h"

/* The quantity by which the runs of a point are compared. */
struct point_quantity {
	const char *metric;
	const char *name;  /* "throughput" or "time" */
	const char *about; /* words after "time", such as "to the last bind"; NULL for throughput */
	bool less;         /* less is better */
};

/* One implementation at a point, with its values by round. Times are in nanoseconds. */
struct point_run {
	const struct sweep_run *run;
	double *values;
	unsigned int *rounds;
	size_t nr;
	double median; /* NAN if the run failed */
	bool compared; /* the run passed, and is ranked or the baseline */
};

struct point {
	char *id;                   /* unique in the sweep: "share-threads2-devices8-groups1-ops" */
	const struct run_id *where; /* identity of the first run; its implementation is ignored */
	const struct point_quantity *quantity;
	struct point_run *runs; /* runs that passed, best first; then failed runs by name */
	size_t nr;
	size_t nr_passed;
	const struct point_run *ceiling;  /* run of the ceiling; NULL: not run, or failed */
	const struct point_run *baseline; /* run of the baseline; NULL: not run, or failed */
	size_t comparisons;               /* k (k - 1) / 2 for k compared runs */
};

/* The points of a sweep, sorted by workload, path, parameters, threads, topology, devices and
 * groups. */
struct points {
	struct point *list;
	size_t nr;
};

/* Groups the runs of a sweep, which is borrowed. `baseline` is the name of an implementation. */
struct points points_of(const struct sweep *sweep, const char *baseline);
void points_free(struct points *points);

/* Sets the values, rounds and median of a run from one metric. Does not free old values. */
void point_run_read(struct point_run *run, const char *metric);

/* Returns the run of `implementation`, or NULL if it was not run at this point. */
const struct point_run *point_find(const struct point *point, const char *implementation);

/* Returns the ids of the points, [ID, ..]. A new reference. */
json_t *point_ids_json(const struct point *const *points, size_t nr);

/* Returns whether two points agree in workload, path and parameters. */
bool point_same_conditions(const struct point *a, const struct point *b);

/* Returns how many times better `a` is than `b`, over the rounds in which both were measured. */
struct round_ratio point_ratio(
    const struct point *point, const struct point_run *a, const struct point_run *b);

/* Returns the format for the point's quantity. */
number_format *point_format(const struct point *point);

/* -- descriptions in words -- */

/* Returns the size of the point, such as "2 threads, 1 group of 8 devices". */
struct text point_place(const struct point *point);

/* Returns the parameters that differ from their default, such as "claims 0.5", or "". */
struct text point_mix(const struct point *point);

/* Returns a short description such as "takeover, 2 threads, 8 devices, claims 0.5". */
struct text point_brief(const struct point *point);

/* Returns the conditions, such as "path ops, hold 100 ns, gap 0". If `path` is false, the path is
 * left out. */
struct text point_conditions(const struct point *point, bool path);

/* Returns a label such as "pairs per second" or "time to the last bind: less is better". */
struct text point_quantity_words(const struct point *point);

/* Returns the unit, such as "pairs/s", or "" for a time, whose formatted values contain the
 * unit. */
struct text point_unit(const struct point *point);

#endif
