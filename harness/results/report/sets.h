/* SPDX-License-Identifier: MIT */
/* The points of a sweep in sets within which they can be compared and ranked. */
#ifndef HARNESS_RESULTS_REPORT_SETS_H
#define HARNESS_RESULTS_REPORT_SETS_H

#include <stdbool.h>

#include "harness/results/axis.h"
#include "harness/results/report/number.h"
#include "harness/results/sweep.h"

/* The median over repetitions and its interval. */
struct measure {
	double value;
	struct interval interval;
	size_t nr; /* repetitions behind it: of a ratio, of that of the two which has fewer */
};

/* What a point of a set comes to: NAN where it failed, or where what it is compared with did. */
struct figures {
	struct measure result;      /* items per second, or nanoseconds of a set with a time */
	struct measure of_baseline; /* how many times as fast as it */
	struct measure of_ceiling;
};

/* A time that runs can be about. */
struct set_time {
	const char *counter; /* of benchmark.json */
	double unit;         /* in nanoseconds */
	const char *text;    /* behind "time" */
};

/* Points that agree in all but the implementation: those that passed, best first, then the failed.
 */
struct set {
	const struct sweep_point **points;
	struct figures *figures; /* of each point */
	size_t nr;
	size_t nr_passed;
	const char *path;                   /* see conditions.h */
	const struct sweep_point *ceiling;  /* NULL: not run, or failed */
	const struct sweep_point *baseline; /* what the others are compared with; NULL as above */
	const struct set_time *time; /* judged by it, where less is better; NULL: by throughput */
};

/* In the order of workload, threads, devices, groups. */
struct sets {
	struct set *list;
	size_t nr;
};

/* `baseline` is the name of an implementation; for `catalogue` see conditions.h. */
struct sets sets_of(const struct sweep *sweep, const char *baseline, const json_t *catalogue);
void sets_free(struct sets *sets);

const struct sweep_point *set_point(const struct set *set, const char *impl);
const struct figures *set_figures(const struct set *set, const struct sweep_point *point);

/* How many times as fast as `base`, whichever way the set is judged; NAN where base is NULL. */
struct measure set_speedup(
    const struct set *set, const struct sweep_point *point, const struct sweep_point *base);

/* "2 threads, 1 group of 8 devices" */
struct text set_place(const struct set *set);

/* "path ops, hold 100 ns, gap 0" */
struct text set_parameters(const struct set *set);

/* Both. */
struct text set_conditions(const struct set *set);

/* "39.4 M pairs/s" or "0.43 µs" */
struct text set_figure(const struct set *set, double value);

/* "38.1 M to 40.2 M/s" or "0.41 µs to 0.45 µs"; "" of fewer than two repetitions. */
struct text set_interval(const struct set *set, struct interval interval);

/* "95% interval 13.8 to 15.0×", "range of 3: 13.8 to 15.0×"; "" where there is none. */
struct text measure_ratio_interval(const struct measure *ratio);

/* The same of what the set is judged by. */
struct text set_named_interval(const struct set *set, const struct measure *result);

/* "95% interval", "range of 3"; "" of fewer than two. */
struct text interval_heading(size_t repetitions);

/* In a column with that heading: with a name of its own where it has more or fewer of them. */
struct text set_interval_cell(
    const struct set *set, const struct measure *result, size_t repetitions);

/* Those of the point that has most. */
size_t set_repetitions(const struct set *set);

/* "pairs per second", "time to the last bind: less is better" */
struct text set_unit(const struct set *set);

/* The median of a counter over repetitions, with its interval; NAN where there is none. */
struct measure point_measure(const struct sweep_point *point, const char *counter);

/* One number of each repetition; a malloc'ed array of *nr. */
double *point_samples(const struct sweep_point *point, const char *counter, size_t *nr);

#endif
